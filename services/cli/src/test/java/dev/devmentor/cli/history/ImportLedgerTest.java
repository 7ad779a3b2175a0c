package dev.devmentor.cli.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.cli.platform.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportLedgerTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void remembersWhatTheLearnerHadBefore() {
        ImportLedger ledger = new ImportLedger(new Home(directory, directory));
        ledger.write("/a", "a.csv for ada", new ImportLedger.Entry(7, false, OptionalLong.of(5_000)));
        ledger.write("/b", "b.csv for ada", new ImportLedger.Entry(0, false, OptionalLong.empty()));

        assertThat(ledger.find("/a")).contains(new ImportLedger.Entry(7, false, OptionalLong.of(5_000)));
        assertThat(ledger.find("/a").orElseThrow().seenApplied())
                .isEqualTo(new ImportLedger.Entry(7, true, OptionalLong.of(5_000)));
        assertThat(ledger.find("/b")).contains(new ImportLedger.Entry(0, false, OptionalLong.empty()));
        assertThat(ledger.find("/c")).isEmpty();
    }

    @Test
    void readsALedgerOfAnEarlierBuild() throws IOException {
        Files.createDirectories(directory.resolve("data"));
        Files.writeString(directory.resolve("data/imports.json"), """
                {
                  "/devmentor/import/0011223344556677" : {
                    "what" : "the demo history for demo",
                    "shiftDays" : 970,
                    "applied" : true
                  }
                }
                """);

        assertThat(new ImportLedger(new Home(directory, directory)).find("/devmentor/import/0011223344556677"))
                .contains(new ImportLedger.Entry(970, true, OptionalLong.empty()));
    }
}
