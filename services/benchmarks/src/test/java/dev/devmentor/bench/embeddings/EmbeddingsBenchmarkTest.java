package dev.devmentor.bench.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.devmentor.bench.BenchmarkFailed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingsBenchmarkTest {

    @TempDir
    private Path folder;

    private static Pool.Query query(int candidates, Integer... relevant) {
        return new Pool.Query("q", -1, "g", List.of(relevant), candidates);
    }

    private static Ranking ranking(double[] scores, Pool.Query query) {
        Peer peer = new Peer() {
            @Override
            public String title() {
                return "fixed";
            }

            @Override
            public Scorer over(List<String> texts) {
                return text -> scores;
            }
        };
        return Ranking.of(peer, List.of(new Pool("p", List.of("a", "b", "c", "d"), List.of(query))));
    }

    @Test
    void countsWhereRelevantTextsStand() {
        Ranking third = ranking(new double[] {.9, .8, .7, .6}, query(4, 2));
        assertThat(third.at1()).isZero();
        assertThat(third.at5()).isEqualTo(1);
        assertThat(third.mrr()).isEqualTo(1 / 3.0, within(1e-12));
        assertThat(ranking(new double[] {.9, .8, .7, .6}, query(4, 0, 3)).at1()).isEqualTo(1);
    }

    @Test
    void equalScoresAreNoLuck() {
        Ranking tied = ranking(new double[] {.5, .5, .5, .5}, query(4, 3));
        assertThat(tied.at1()).isEqualTo(.25);
        assertThat(tied.mrr()).isEqualTo(1 / 2.5, within(1e-12));
        assertThat(ranking(new double[] {.5, .5, .5, .5}, query(4, 0, 1, 2, 3)).mrr())
                .isEqualTo(1);
    }

    @Test
    void textsThatCameLaterAreNoCandidates() {
        assertThat(ranking(new double[] {.1, .8, .9, .9}, query(2, 0)).mrr()).isEqualTo(.5);
    }

    @Test
    void rareWordsDecideForThePeers() {
        List<String> texts = List.of("the socket is closed", "the file is closed", "the thread is closed");
        for (Peer peer : Lexical.values()) {
            double[] scores = peer.over(texts).scores("theFile is closed");
            assertThat(scores[1]).as(peer.title()).isGreaterThan(scores[0]);
            assertThat(scores[0]).isEqualTo(scores[2]);
        }
        assertThat(Tokens.of("HTTPServer_id2 état")).containsExactly("http", "server", "id2", "état");
    }

    @Test
    void bothHalvesOfTheParaphrasesAreLargeAndShareNoText() throws Exception {
        Pool held = Pools.paraphrases("held-out");
        Pool development = Pools.paraphrases("development");
        assertThat(held.texts()).hasSize(150).doesNotHaveDuplicates();
        assertThat(development.texts()).hasSize(181).doesNotHaveDuplicates();
        assertThat(new HashSet<>(held.texts())).doesNotContainAnyElementsOf(development.texts());
        assertThat(held.queries().stream().map(Pool.Query::group).distinct()).hasSize(33);
        assertThat(development.queries().stream().map(Pool.Query::group).distinct())
                .hasSize(39);
    }

    @Test
    void asksForFilesThatWereThereBefore() throws Exception {
        StringBuilder lines = new StringBuilder();
        for (int commit = 0; commit < 11; commit++) {
            StringBuilder files = new StringBuilder();
            for (int file = 0; file < 12; file++) {
                files.append(file == 0 ? "" : ",")
                        .append("[\"A\",\"f")
                        .append(commit)
                        .append('_')
                        .append(file)
                        .append("\"]");
            }
            lines.append("{\"subject\":\"s")
                    .append(commit)
                    .append("\",\"files\":[")
                    .append(files);
            lines.append(",[\"M\",\"f0_0\"],[\"M\",\"never seen").append(commit).append("\"]]}\n");
        }
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("x.jsonl.gz")))) {
            out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
        }
        Pool pool = Pools.subjects(folder).getFirst();
        assertThat(pool.queries()).extracting(Pool.Query::text).containsExactly("s5", "s10");
        assertThat(pool.queries().getFirst().relevant()).containsExactly(0);
        assertThat(pool.queries().getFirst().candidates()).isEqualTo(5 * 13);
    }

    @Test
    void refusesAFolderThatIsNotThere() {
        assertThatThrownBy(() -> new EmbeddingsBenchmark()
                        .run(Path.of("."), List.of(folder.resolve("no").toString())))
                .isInstanceOf(BenchmarkFailed.class);
        assertThatThrownBy(() -> new EmbeddingsBenchmark().run(Path.of("."), List.of("a", "b")))
                .isInstanceOf(BenchmarkFailed.class)
                .hasMessageStartingWith("usage: scripts/bench embeddings [DIR]");
    }
}
