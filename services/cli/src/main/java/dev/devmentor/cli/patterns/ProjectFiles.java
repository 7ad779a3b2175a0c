package dev.devmentor.cli.patterns;

import dev.devmentor.cli.terminal.Failed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes down what the files of a project are, with git where the project has it, and keeps the contents that git does not
 * have, so that it can be said later what was changed inside a file.
 */
final class ProjectFiles {
    /** Files of a state. */
    static final int FILES = 4_000;

    /** What is hashed and kept of a file. */
    static final int BYTES = 1 << 20;

    /** Files that are looked at to find them, where there is no git. */
    private static final int VISITED = 100_000;

    /** What is hashed of all files together. */
    private static final long ALL_BYTES = 256L << 20;

    private static final int KEPT_BYTES = 256 * 1024;
    private static final int KEPT_FILES = 300;

    private final Path project;
    private final @Nullable Git git;
    private final ObjectStore objects;

    ProjectFiles(Path project, @Nullable Git git, ObjectStore objects) {
        this.project = project;
        this.git = git;
        this.objects = objects;
    }

    /** What is there now. It is kept under its name. */
    ProjectState take() {
        ProjectState state = git == null ? walk() : asGitHasIt(git);
        objects.put(state.name(), state.bytes());
        return state;
    }

    private ProjectState asGitHasIt(Git git) {
        String head = git.head().orElse("");
        Optional<List<String>> changed = git.changed();
        if (changed.isEmpty()) {
            return new ProjectState(head, Map.of(), false);
        }
        List<String> there = new ArrayList<>();
        Map<String, String> files = new TreeMap<>();
        boolean whole = true;
        for (String path : changed.get()) {
            if (files.size() + there.size() >= FILES) {
                whole = false;
                break;
            }
            Path file = project.resolve(path);
            if (path.indexOf('\n') >= 0) {
                whole = false;
            } else if (!Files.exists(file)) {
                files.put(path, "");
            } else if (Files.isRegularFile(file) && sizeOf(file) <= 16L * BYTES) {
                there.add(path);
            }
        }
        List<String> hashes = git.hashes(there).orElse(null);
        if (hashes == null) {
            return new ProjectState(head, files, false);
        }
        for (int i = 0; i < there.size(); i++) {
            files.put(there.get(i), hashes.get(i));
            if (i < KEPT_FILES) {
                keep(there.get(i), hashes.get(i));
            }
        }
        return new ProjectState(head, files, whole);
    }

    private ProjectState walk() {
        record Seen(String path, Instant modified) {}
        List<Seen> seen = new ArrayList<>();
        boolean[] whole = {true};
        int[] visited = {0};
        try {
            Files.walkFileTree(project, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
                    boolean out = !dir.equals(project)
                            && SourceFiles.leftOut(dir.getFileName().toString());
                    return out ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String path = project.relativize(file).toString().replace('\\', '/');
                    if (++visited[0] > VISITED) {
                        whole[0] = false;
                        return FileVisitResult.TERMINATE;
                    }
                    if (attributes.isRegularFile() && attributes.size() <= BYTES && SourceFiles.isSource(path)) {
                        if (seen.size() >= FILES) {
                            whole[0] = false;
                            return FileVisitResult.TERMINATE;
                        }
                        seen.add(new Seen(path, attributes.lastModifiedTime().toInstant()));
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    whole[0] = false; // may not be read, or has just gone
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new Failed("cannot look through " + project + ": " + e.getMessage(), e);
        }
        seen.sort(Comparator.comparing(Seen::modified).reversed());
        Map<String, String> files = new TreeMap<>();
        long bytes = 0;
        for (int i = 0; i < seen.size(); i++) {
            String path = seen.get(i).path();
            byte[] content = bytes > ALL_BYTES ? null : read(path).orElse(null);
            if (content == null) {
                whole[0] = false;
            } else {
                bytes += content.length;
                String hash = blobHash(content);
                files.put(path, hash);
                if (i < KEPT_FILES && content.length <= KEPT_BYTES) {
                    objects.put(hash, content);
                }
            }
        }
        return new ProjectState("", files, whole[0]);
    }

    private void keep(String path, String hash) {
        if (SourceFiles.isSource(path) && !objects.has(hash)) {
            read(path).filter(content -> content.length <= KEPT_BYTES).ifPresent(content -> objects.put(hash, content));
        }
    }

    /** A file as it is now; empty if it is not there or too large. */
    Optional<byte[]> read(String path) {
        Path file = project.resolve(path);
        try {
            return Files.isRegularFile(file) && Files.size(file) <= BYTES
                    ? Optional.of(Files.readAllBytes(file))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // it went, or may not be read: then nothing is known of it
        }
    }

    /** What a file was in a state; empty if nobody has kept it. An empty array if it was not there. */
    Optional<byte[]> content(ProjectState state, String path) {
        String hash = state.files().get(path);
        if (hash != null) {
            return hash.isEmpty() ? Optional.of(new byte[0]) : objects.get(hash);
        }
        if (git == null || state.head().isEmpty()) {
            return Optional.of(new byte[0]);
        }
        return Optional.of(git.contentIn(state.head(), path).orElse(new byte[0]));
    }

    /** The hash of a file in a state; empty text if it was not there. */
    String hash(ProjectState state, String path) {
        String hash = state.files().get(path);
        if (hash != null) {
            return hash;
        }
        return git == null || state.head().isEmpty()
                ? ""
                : git.hashIn(state.head(), path).orElse("");
    }

    /** Paths that differ between two states. */
    List<String> changed(ProjectState from, ProjectState to) {
        TreeMap<String, Boolean> candidates = new TreeMap<>();
        from.files().keySet().forEach(path -> candidates.put(path, true));
        to.files().keySet().forEach(path -> candidates.put(path, true));
        if (git != null && !from.head().equals(to.head()) && !from.head().isEmpty()) {
            git.changedBetween(from.head(), to.head())
                    .orElse(List.of())
                    .forEach(path -> candidates.putIfAbsent(path, true));
        }
        List<String> changed = new ArrayList<>();
        int asked = 0;
        for (String path : candidates.keySet()) {
            String before = from.files().get(path);
            String after = to.files().get(path);
            // One process of git for each: above the limit a path that one of them names counts as changed.
            boolean differs = (before != null && after != null)
                    ? !before.equals(after)
                    : ++asked > 200 || !hash(from, path).equals(hash(to, path));
            if (differs) {
                changed.add(path);
            }
        }
        return changed;
    }

    List<Git.Commit> commits(ProjectState from, ProjectState to) {
        if (git == null || from.head().isEmpty() || from.head().equals(to.head())) {
            return List.of();
        }
        return git.between(from.head(), to.head(), 10);
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }

    /** As git names contents. */
    static String blobHash(byte[] content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(("blob " + content.length + "\0").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
