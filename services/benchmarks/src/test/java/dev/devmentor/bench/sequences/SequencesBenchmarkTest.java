package dev.devmentor.bench.sequences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devmentor.bench.BenchmarkFailed;
import dev.devmentor.bench.Report;
import dev.devmentor.pbml.engine.sequence.SequenceQuestion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SequencesBenchmarkTest {

    @TempDir
    Path folder;

    private static SequenceQuestion question(String name, String... arguments) throws BenchmarkFailed {
        List<String> all = new java.util.ArrayList<>(List.of(arguments));
        all.add("DIR");
        return SequencesBenchmark.Options.of(all).question(name);
    }

    @Test
    void asksTheSignLanguageSetForThreeAndAllOthersForOne() throws BenchmarkFailed {
        assertThat(question("sign")).isEqualTo(new SequenceQuestion(3, 7, true));
        assertThat(question("SIGN_full")).isEqualTo(new SequenceQuestion(3, 7, true));
        assertThat(question("koran")).isEqualTo(new SequenceQuestion(1, 5, true));
        assertThat(question("sign", "--k", "2")).isEqualTo(new SequenceQuestion(2, 7, true));
        assertThat(question("bms", "--w", "9", "--next")).isEqualTo(new SequenceQuestion(1, 9, false));
    }

    @Test
    void saysWhatIsMissing() {
        SequencesBenchmark benchmark = new SequencesBenchmark();
        assertThatThrownBy(() ->
                        benchmark.run(folder, List.of(folder.resolve("none").toString())))
                .isInstanceOf(BenchmarkFailed.class)
                .hasMessage("there is no folder " + folder.resolve("none"));
        assertThatThrownBy(() -> benchmark.run(folder, List.of(folder.toString())))
                .isInstanceOf(BenchmarkFailed.class)
                .hasMessage("there is no .seq file in " + folder);
        assertThatThrownBy(() -> benchmark.run(folder, List.of()))
                .isInstanceOf(BenchmarkFailed.class)
                .hasMessageStartingWith("usage:");
        assertThatThrownBy(() -> benchmark.run(folder, List.of("DIR", "--k", "99")))
                .isInstanceOf(BenchmarkFailed.class)
                .hasMessage("--k needs a number from 1 to 16");
    }

    @Test
    void whatTheDivisionLeavesBelongsToTheLastFold() throws IOException, BenchmarkFailed {
        Path file = folder.resolve("few.seq");
        Files.write(file, Collections.nCopies(31, "a b c"));
        SequenceFile read = SequenceFile.read(file);
        assertThat(read.from(1)).isEqualTo(2);
        assertThat(read.from(13)).isEqualTo(26);
        assertThat(read.to(13)).isEqualTo(31);
    }

    @Test
    void countsEverySequenceOnceAndTooShortOnesAsFailures() throws Exception {
        List<String> lines = new java.util.ArrayList<>(Collections.nCopies(84, "a b c d"));
        lines.addAll(Collections.nCopies(28, "a"));
        Files.write(folder.resolve("even.seq"), lines);
        Report report = new SequencesBenchmark().run(folder, List.of(folder.toString()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        report.print(new PrintStream(out, true, StandardCharsets.UTF_8));
        String[] printed = out.toString(StandardCharsets.UTF_8).strip().split("\n");
        assertThat(printed[printed.length - 1]).startsWith("{\"sets\":{\"even\":75.0},\"train_s\":");
    }
}
