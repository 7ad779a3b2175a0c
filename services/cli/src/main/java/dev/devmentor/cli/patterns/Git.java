package dev.devmentor.cli.patterns;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks the git of this machine about a working tree. It only reads: no lock is taken, nothing is written. An answer that
 * takes too long, is too large or is an error is none.
 */
final class Git {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int BYTES = 4 << 20;

    private final Path top;

    private Git(Path top) {
        this.top = top;
    }

    /** The working tree that a directory lies in; empty if it lies in none or there is no git. */
    static Optional<Git> of(Path directory) {
        return run(directory, null, "rev-parse", "--show-toplevel")
                .map(out -> text(out).strip())
                .filter(path -> !path.isEmpty())
                .map(path -> new Git(Path.of(path)));
    }

    Path top() {
        return top;
    }

    /** The hash of the commit that is checked out; empty before the first one. */
    Optional<String> head() {
        return run("rev-parse", "--verify", "--quiet", "HEAD")
                .map(out -> text(out).strip());
    }

    /** Owner and name of the repository that this one is a clone of, as org/project: no address. Empty if it is of none. */
    Optional<String> repository() {
        return run("remote", "get-url", "origin")
                .map(out -> nameOf(text(out).strip()))
                .filter(name -> !name.isEmpty());
    }

    static String nameOf(String address) {
        String path = address.replaceFirst("^[A-Za-z][A-Za-z0-9+.-]*://[^/]*/", "")
                .replaceFirst("^[^/]*:", "")
                .replaceFirst("/+$", "")
                .replaceFirst("\\.git$", "");
        String[] parts = path.split("/+");
        int n = parts.length;
        String name = n < 2 ? path : parts[n - 2] + "/" + parts[n - 1];
        return name.indexOf(':') >= 0 || name.indexOf('@') >= 0 || name.length() > 256 ? "" : name;
    }

    /**
     * Paths that differ from the commit, and sources that are not in it, from the top on. What is ignored, or made by a build
     * without being ignored, is left out.
     */
    Optional<List<String>> changed() {
        return run("status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames")
                .map(out -> split(out).stream()
                        .filter(entry -> entry.length() > 3)
                        .filter(entry -> !entry.startsWith("??") || SourceFiles.written(entry.substring(3)))
                        .map(entry -> entry.substring(3))
                        .toList());
    }

    /** The hashes of files as they are now, in the order of the paths; all of them have to exist. */
    Optional<List<String>> hashes(List<String> paths) {
        if (paths.isEmpty()) {
            return Optional.of(List.of());
        }
        byte[] in = (String.join("\n", paths) + "\n").getBytes(StandardCharsets.UTF_8);
        return run(top, in, "hash-object", "--stdin-paths")
                .map(out -> text(out).lines().toList())
                .filter(lines -> lines.size() == paths.size());
    }

    /** The hash of a file in a commit; empty if it is not in it. */
    Optional<String> hashIn(String commit, String path) {
        return run("rev-parse", "--verify", "--quiet", commit + ":" + path)
                .map(out -> text(out).strip())
                .filter(hash -> !hash.isEmpty());
    }

    /** A file as it is in a commit. */
    Optional<byte[]> contentIn(String commit, String path) {
        return run("cat-file", "blob", commit + ":" + path);
    }

    /** Paths that differ between two commits. */
    Optional<List<String>> changedBetween(String from, String to) {
        return run("diff", "--name-only", "--no-renames", "-z", from, to, "--").map(Git::split);
    }

    /** A commit in short: first digits of its hash, and its subject. */
    record Commit(String hash, String subject) {}

    /** The commits that are in the one and not in the other, the newest first. */
    List<Commit> between(String from, String to, int most) {
        List<Commit> commits = new ArrayList<>();
        run("log", "--no-show-signature", "--format=%h%x1f%s", "-z", "-n", String.valueOf(most), from + ".." + to, "--")
                .map(Git::split)
                .orElse(List.of())
                .forEach(entry -> {
                    int at = entry.indexOf('\u001f');
                    if (at > 0) {
                        commits.add(new Commit(
                                entry.substring(0, at), Texts.cutEnd(AnsiText.strip(entry.substring(at + 1)), 120)));
                    }
                });
        return commits;
    }

    private Optional<byte[]> run(String... arguments) {
        return run(top, null, arguments);
    }

    private static Optional<byte[]> run(Path directory, byte @Nullable [] in, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-c", "core.quotepath=off"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("GIT_OPTIONAL_LOCKS", "0");
        builder.environment().put("LC_ALL", "C");
        try {
            Process process = builder.start();
            Thread killer = Thread.ofVirtual().start(() -> kill(process));
            try (OutputStream to = process.getOutputStream()) {
                if (in != null) {
                    to.write(in);
                }
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            boolean whole;
            try (InputStream from = process.getInputStream()) {
                whole = copy(from, out);
            }
            if (!whole) {
                process.destroyForcibly();
            }
            int exit = process.waitFor();
            killer.interrupt();
            return whole && exit == 0 ? Optional.of(out.toByteArray()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // there is no git, or it went away: as if the project had none
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static void kill(Process process) {
        try {
            if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it has ended in time
        }
    }

    private static boolean copy(InputStream from, ByteArrayOutputStream to) throws IOException {
        byte[] buffer = new byte[8192];
        int n;
        while ((n = from.read(buffer)) >= 0) {
            to.write(buffer, 0, n);
            if (to.size() > BYTES) {
                return false;
            }
        }
        return true;
    }

    private static String text(byte[] out) {
        return new String(out, StandardCharsets.UTF_8);
    }

    private static List<String> split(byte[] out) {
        List<String> parts = new ArrayList<>();
        for (String part : text(out).split("\0")) {
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        return parts;
    }
}
