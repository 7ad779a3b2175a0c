package dev.devmentor.bench.cochange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.devmentor.bench.BenchmarkFailed;
import dev.devmentor.pbml.engine.related.Commit;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CochangeBenchmarkTest {

    private static final String HISTORY = """
            {"commit": "1", "ts": "2026-01-05T10:00:00+01:00", "dev": "d", "subject": "s", "files": [["A", "a"], ["A", "b"], ["A", "c"]]}
            {"commit": "2", "ts": "2026-01-06T10:00:00+01:00", "dev": "d", "subject": "s", "files": [["M", "a"], ["M", "b"]]}
            {"commit": "3", "ts": "2026-01-07T10:00:00+01:00", "dev": "d", "subject": "s", "files": [["M", "a"], ["M", "b"], ["D", "c"]]}
            {"commit": "4", "ts": "2026-01-08T10:00:00+01:00", "dev": "d", "subject": "s", "files": [["M", "a"], ["M", "never seen"]]}
            """;

    @TempDir
    private Path folder;

    private void write(String name, String lines) throws Exception {
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            out.write(lines.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void readsAHistory() throws Exception {
        write("x.jsonl.gz", HISTORY);
        HistoryFile history = HistoryFile.all(folder).getFirst();
        assertThat(history.name()).isEqualTo("x");
        assertThat(history.commits()).hasSize(4);
        assertThat(history.commits().getFirst().at()).isEqualTo(Instant.parse("2026-01-05T09:00:00Z"));
        assertThat(history.commits().get(2).changes().getLast()).isEqualTo(new Commit.Change(Commit.Kind.DELETED, "c"));
    }

    @Test
    void everyModifiedFileIsAQueryAndTheUnknownOneCountsToo() throws Exception {
        write("x.jsonl.gz", HISTORY);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new CochangeBenchmark()
                .run(Path.of("."), List.of(folder.toString()))
                .print(new PrintStream(out, true, StandardCharsets.UTF_8));
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"queries\":6");
    }

    @Test
    void countsHits() {
        Hits hits = new Hits();
        for (int rank : new int[] {1, 3, 20, 0}) {
            hits.add(rank);
        }
        assertThat(hits.hit1()).isEqualTo(0.25);
        assertThat(hits.hit3()).isEqualTo(0.5);
        assertThat(hits.hit10()).isEqualTo(0.5);
        assertThat(hits.mrr()).isEqualTo((1 + 1.0 / 3 + 1.0 / 20) / 4, within(1e-15));
        assertThat(hits.mrrOfTen()).isEqualTo((1 + 1.0 / 3) / 4, within(1e-15));
    }

    @Test
    void thePeerCountsCommonChanges() throws Exception {
        write("x.jsonl.gz", HISTORY);
        PlainCounts counts = new PlainCounts();
        HistoryFile.all(folder).getFirst().commits().forEach(counts::observe);
        assertThat(counts.related("a", 10)).containsExactly("b", "c", "never seen");
        assertThat(counts.related("unknown", 10)).isEmpty();
    }

    @Test
    void refusesAFolderWithoutHistories() {
        assertThatThrownBy(() -> new CochangeBenchmark().run(Path.of("."), List.of(folder.toString())))
                .isInstanceOf(BenchmarkFailed.class);
        assertThatThrownBy(() -> new CochangeBenchmark().run(Path.of("."), List.of()))
                .isInstanceOf(BenchmarkFailed.class);
    }
}
