package dev.devmentor.bench.templates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devmentor.bench.BenchmarkFailed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledLogTest {

    @TempDir
    Path folder;

    private void file(String name, String text) throws Exception {
        Files.createDirectories(folder.resolve(name));
        Files.writeString(folder.resolve(name).resolve(name + "_2k.log" + LabelledLog.SUFFIX), text);
    }

    @Test
    void readsEverySubFolderThatHasLabels() throws Exception {
        file("B", "LineId,Content,EventId,EventTemplate\n1,\"say \"\"hi\"\", now\",E1,\"say \"\"<*>\"\", now\"\n");
        file("A", "\uFEFFLineId,EventTemplate,Content\r\n1,a <*>,a 5\" x\r\n");
        Files.createDirectories(folder.resolve("other"));
        assertThat(LabelledLog.all(folder))
                .containsExactly(
                        new LabelledLog("A", List.of("a 5\" x"), List.of("a <*>")),
                        new LabelledLog("B", List.of("say \"hi\", now"), List.of("say \"<*>\", now")));
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        assertThatThrownBy(() -> LabelledLog.all(folder.resolve("none")))
                .isInstanceOf(BenchmarkFailed.class)
                .hasMessageStartingWith("there is no folder ");
        assertThatThrownBy(() -> LabelledLog.all(folder))
                .isInstanceOf(BenchmarkFailed.class)
                .hasMessageEndingWith("has a file *_structured_corrected.csv");
        file("A", "LineId,Content\n1,a\n");
        assertThatThrownBy(() -> LabelledLog.all(folder))
                .hasMessageEndingWith("lacks a column Content or EventTemplate");
    }
}
