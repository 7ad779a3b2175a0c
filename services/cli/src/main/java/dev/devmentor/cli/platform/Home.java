package dev.devmentor.cli.platform;

import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.parts.CrashPoints;
import dev.devmentor.parts.PartPlace;
import dev.devmentor.parts.PrivateFiles;
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
    static final int LAYOUT = 2;

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

    /** Whether a platform was started here once, by a build that knows the auth service. */
    public boolean hasPlatform() {
        return Files.exists(secrets().resolve(ServiceSecrets.LAUNCHER));
    }

    /** What the auth service takes for the right to act as anybody; only of a platform that was started once. */
    public String launcherSecret() {
        if (!hasPlatform()) {
            throw new Failed("there is no platform in " + directory + " yet (start it: scripts/devmentor up)");
        }
        return secret(ServiceSecrets.LAUNCHER, 32);
    }

    /** The file with the password of the demo person. */
    public Path demoPasswordFile() {
        return secrets().resolve(ServiceSecrets.DEMO_PASSWORD);
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

    /**
     * Upgrades older data; refuses newer data, which this build would misread.
     *
     * @return what a person should know of it, a line each
     */
    List<String> upgradeOrRefuse() {
        Integer found = layout();
        if (found != null && found > LAYOUT) {
            throw new Failed("the data in " + directory + " was written by a newer build (layout " + found
                    + ", this one knows " + LAYOUT + "): use that build, another DEVMENTOR_HOME, or up --fresh");
        }
        if (found == null || found < LAYOUT) {
            PrivateFiles.write(versionFile(), LAYOUT + "\n");
        }
        // Layout 2: tokens come from the auth service, which keeps keys of its own. People and their data stay as they
        // are.
        return found != null && found < 2
                ? List.of("the data is of an older build and goes on being used; the key of its token issuer"
                        + " (secrets/issuer-key.pem) is not: the auth service makes its own")
                : List.of();
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
