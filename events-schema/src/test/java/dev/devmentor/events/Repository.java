package dev.devmentor.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of the repository, as the tests of this module see them. */
final class Repository {
    private Repository() {}

    static Path root() {
        return Path.of(System.getProperty("devmentor.root", ".."))
                .toAbsolutePath()
                .normalize();
    }

    static Path module() {
        return root().resolve("events-schema");
    }

    /** Whether generated files are to be written anew instead of compared. */
    static boolean updating() {
        return Boolean.getBoolean("devmentor.update");
    }

    /** Whether the full counts are to be run. */
    static boolean inFull() {
        return Boolean.getBoolean("devmentor.long");
    }

    /** Fails where the file does not say what it should; writes it where updating. */
    static void assertGenerated(Path file, String content) throws IOException {
        if (updating()) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        }
        assertThat(file).exists();
        assertThat(Files.readString(file))
                .as("%s is stale: ./mvnw -pl events-schema verify -Ddevmentor.update=true", file.getFileName())
                .isEqualTo(content);
    }
}
