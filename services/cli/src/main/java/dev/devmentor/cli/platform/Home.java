package dev.devmentor.cli.platform;

import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.parts.CrashPoints;
import dev.devmentor.parts.PartPlace;
import dev.devmentor.parts.PrivateFiles;
import dev.devmentor.parts.issuer.IssuerKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The data directory: data (kept), secrets (kept, for the owner alone), logs, run (what runs now).
 *
 * @param root the repository, where the built services are
 */
public record Home(Path directory, Path root) {
    /** The layout of the directory. A build that changes it raises this and upgrades what it finds. */
    static final int LAYOUT = 1;

    /** DEVMENTOR_HOME, or else .devmentor in the repository. */
    public static Home fromEnvironment() {
        String given = System.getProperty("devmentor.root");
        Path root = Path.of(given == null || given.isBlank() ? "." : given)
                .toAbsolutePath()
                .normalize();
        String home = System.getenv("DEVMENTOR_HOME");
        Path directory = home == null || home.isBlank() ? root.resolve(".devmentor") : Path.of(home);
        return new Home(directory.toAbsolutePath().normalize(), root);
    }

    public Path data() {
        return directory.resolve("data");
    }

    public Path logs() {
        return directory.resolve("logs");
    }

    public Path run() {
        return directory.resolve("run");
    }

    public Path secrets() {
        return directory.resolve("secrets");
    }

    public PartPlace place(String name) {
        return PartPlace.in(directory, name);
    }

    /** A secret of that name, made when it is asked for first. */
    public String secret(String name, int bytes) {
        return PrivateFiles.secret(secrets().resolve(name), bytes);
    }

    public Path issuerKeyFile() {
        return secrets().resolve("issuer-key.pem");
    }

    /** The key that signs tokens; only of a platform that was started once. */
    public IssuerKey issuerKey() {
        if (!Files.exists(issuerKeyFile())) {
            throw new Failed("there is no platform in " + directory + " yet (start it: scripts/devmentor up)");
        }
        return IssuerKey.loadOrCreate(issuerKeyFile());
    }

    void create() {
        for (Path part : List.of(directory, data(), logs(), run(), secrets())) {
            PrivateFiles.directory(part);
        }
        CrashPoints.reached("home.created");
    }

    private Path versionFile() {
        return directory.resolve("VERSION");
    }

    /** The layout of what lies here; null when nothing does. */
    @Nullable Integer layout() {
        String text = PrivateFiles.readOrNull(versionFile());
        if (text == null) {
            return null;
        }
        try {
            return Integer.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw new Failed(versionFile() + " does not hold a number; is this a data directory of DevMentor?");
        }
    }

    /** Upgrades older data; refuses newer data, which this build would misread. */
    void upgradeOrRefuse() {
        Integer found = layout();
        if (found != null && found > LAYOUT) {
            throw new Failed("the data in " + directory + " was written by a newer build (layout " + found
                    + ", this one knows " + LAYOUT + "): use that build, another DEVMENTOR_HOME, or up --fresh");
        }
        if (found == null || found < LAYOUT) {
            // There is one layout so far. An upgrade of the next build goes here, step by step from the layout found.
            PrivateFiles.write(versionFile(), LAYOUT + "\n");
        }
    }

    /** Moves data and secrets aside, never deletes them; null when there was nothing. */
    @Nullable Path moveAside() {
        boolean nothing = !Files.exists(data()) && !Files.exists(secrets());
        if (nothing) {
            return null;
        }
        PrivateFiles.directory(movingAside());
        CrashPoints.reached("aside.begun");
        return finishMovingAside();
    }

    /**
     * Moves the rest of what a launcher was moving aside when it was killed: data without its secrets is of no use to
     * anybody. Null when nothing was being moved.
     */
    @Nullable Path finishMovingAside() {
        Path moving = movingAside();
        if (!Files.exists(moving)) {
            return null;
        }
        int n = 1;
        while (Files.exists(directory.resolve("data.old-" + n))) {
            n++;
        }
        Path old = directory.resolve("data.old-" + n);
        try {
            for (Path part : List.of(data(), secrets(), versionFile())) {
                String name = part.getFileName().toString();
                // What is there already was moved before; what stands in its place is new and empty.
                if (Files.exists(part) && !Files.exists(moving.resolve(name))) {
                    Files.move(part, moving.resolve(name));
                    CrashPoints.reached("aside." + name + "-moved");
                }
            }
            Files.move(moving, old, StandardCopyOption.ATOMIC_MOVE);
            CrashPoints.reached("aside.renamed");
        } catch (IOException e) {
            throw new Failed("cannot move the old data to " + old + ": " + e.getMessage(), e);
        }
        return old;
    }

    private Path movingAside() {
        return directory.resolve("data.old.moving");
    }

    /** The path as a person would type it from the repository. */
    public String show(Path path) {
        return path.startsWith(root) ? root.relativize(path).toString() : path.toString();
    }
}
