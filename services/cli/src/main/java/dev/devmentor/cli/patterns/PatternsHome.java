package dev.devmentor.cli.patterns;

import dev.devmentor.cli.platform.Home;
import dev.devmentor.parts.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The project that the command was called in, and where what is known of it lies: a folder of its own in the data directory,
 * for its owner alone.
 *
 * @param directory {@code data/patterns/<hash of the project's path>}
 * @param git null if the project has none
 */
record PatternsHome(
        Path directory, ProjectPaths paths, @Nullable Git git) {
    private static final long OBJECTS = 16L << 20;
    private static final int TEMPLATE_FILES = 16;

    /** The working tree of git that a directory lies in, or else the directory. */
    static PatternsHome of(Home home, Path working) {
        Path here = real(working);
        Git git = Git.of(here).orElse(null);
        Path project = git == null ? here : real(git.top());
        Path directory = home.data().resolve("patterns").resolve(Texts.hash(project.toString()));
        return new PatternsHome(directory, new ProjectPaths(project, here), git);
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at " + path, e);
        }
    }

    /** The project's name for others: that of its repository, or else of its folder. */
    String repository() {
        String folder = ProjectPaths.base(paths.project().toString()).replaceAll("[:@]", "_");
        return git == null ? folder : git.repository().orElse(folder);
    }

    Ledger ledger() {
        return new Ledger(directory, paths.project());
    }

    ObjectStore objects() {
        return new ObjectStore(directory.resolve("objects"), OBJECTS);
    }

    ProjectFiles files() {
        return new ProjectFiles(paths.project(), git, objects());
    }

    private Path templates(Memory.Run run) {
        return directory.resolve("templates").resolve(Texts.hash(run.command(), run.where()));
    }

    /** The templates of the last run of the same command; fresh ones if there was none, or a build that wrote others. */
    Templates templatesOf(Memory.Run run) {
        String text = PrivateFiles.readOrNull(templates(run));
        return text == null ? Templates.fresh() : Templates.read(text).orElseGet(Templates::fresh);
    }

    /** Keeps the templates of a run, whole or not; those of the commands that were not run for longest go. */
    void keep(Templates templates, boolean whole, Memory.Run run) {
        Path file = templates(run);
        PrivateFiles.write(file, templates.text(whole));
        try (Stream<Path> files = Files.list(file.resolveSibling(""))) {
            List<Path> oldest = files.sorted(
                            Comparator.comparing(PatternsHome::modified).reversed())
                    .skip(TEMPLATE_FILES)
                    .toList();
            for (Path old : oldest) {
                Files.deleteIfExists(old);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot tidy " + file.getParent(), e);
        }
    }

    private static long modified(Path file) {
        return file.toFile().lastModified();
    }
}
