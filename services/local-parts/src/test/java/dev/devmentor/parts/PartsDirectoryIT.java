package dev.devmentor.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartsDirectoryIT {
    private static final long NOBODY = 999_999_999;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path cache;

    @Test
    void deletesWhatOthersWereUnpackingWhenTheyWereKilledAndNothingElse() throws IOException {
        Duration before = Duration.ofHours(2);
        older("postgres-1.new-" + NOBODY + "-7", before);
        older("postgres-2.new-" + ProcessHandle.current().pid() + "-7", before);
        older("postgres-3", before);
        // Another machine may share the cache, and is at it right now.
        older("postgres-4.new-" + NOBODY + "-7", Duration.ofMinutes(1));

        new PartsDirectory(cache, cache)
                .unpackOnce(
                        cache.resolve("postgres-5"), fresh -> Files.writeString(fresh.resolve("program"), "unpacked"));

        try (Stream<Path> files = Files.list(cache)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "postgres-2.new-" + ProcessHandle.current().pid() + "-7",
                            "postgres-3",
                            "postgres-4.new-" + NOBODY + "-7",
                            "postgres-5");
        }
        assertThat(cache.resolve("postgres-5/program")).hasContent("unpacked");
    }

    private void older(String name, Duration by) throws IOException {
        Path directory = Files.createDirectories(cache.resolve(name));
        Files.writeString(directory.resolve("program"), "half");
        Files.setLastModifiedTime(directory, FileTime.from(Instant.now().minus(by)));
    }
}
