package dev.devmentor.cli.patterns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.cli.terminal.Failed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @SuppressWarnings("NullAway.Init")
    private Ledger ledger;

    @BeforeEach
    void prepare() {
        Path home = directory.resolve("patterns");
        file = home.resolve("ledger.jsonl");
        ledger = new Ledger(home, Path.of("/shop"));
    }

    private static ObjectNode record(int n) {
        return JSON.createObjectNode().put("t", "test").put("n", n);
    }

    private List<Integer> numbers() {
        return ledger.read().records().stream()
                .map(json -> json.path("n").asInt())
                .toList();
    }

    @Test
    void keepsRecordsInTheirOrderForTheirOwnerOnly() throws IOException {
        assertThat(ledger.read().records()).isEmpty();
        ledger.append(record(1));
        ledger.append(List.of(record(2), record(3)));

        assertThat(numbers()).containsExactly(1, 2, 3);
        assertThat(Files.readAllLines(file).getFirst()).isEqualTo("{\"ledger\":1,\"project\":\"/shop\"}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.resolveSibling(""))))
                .isEqualTo("rwx------");
    }

    /** Every length that a kill may leave of the last record. */
    @Test
    void aTornLastLineIsSaidAndTakenOffByTheNextWrite() throws IOException {
        ledger.append(record(1));
        ledger.append(record(2));
        byte[] whole = Files.readAllBytes(file);
        int lastLine = JSON.writeValueAsString(record(2)).length() + 1;
        for (int torn = 1; torn < lastLine; torn++) {
            Files.write(file, Arrays.copyOf(whole, whole.length - torn));

            assertThat(ledger.read().torn()).isTrue();
            assertThat(numbers()).containsExactly(1);
            ledger.append(record(3));
            assertThat(ledger.read().torn()).isFalse();
            assertThat(numbers()).containsExactly(1, 3);
        }
    }

    @Test
    void aFirstLineThatIsTornIsWrittenAgain() throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, "{\"ledg");
        ledger.append(record(1));
        assertThat(Files.readString(file))
                .isEqualTo("{\"ledger\":1,\"project\":\"/shop\"}\n{\"t\":\"test\",\"n\":1}\n");
    }

    @Test
    void aTornLineThatIsLongerThanABlockIsTakenOffToo() throws IOException {
        ledger.append(record(1));
        Files.writeString(file, "{\"t\":\"" + "x".repeat(50_000), StandardOpenOption.APPEND);
        ledger.append(record(2));
        assertThat(numbers()).containsExactly(1, 2);
    }

    @Test
    void aDamagedLineInTheMiddleIsCountedAndTheOthersAreRead() throws IOException {
        ledger.append(record(1));
        Files.writeString(file, "\0\0\0\n[1]\n", StandardOpenOption.APPEND);
        ledger.append(record(2));
        assertThat(ledger.read().damaged()).isEqualTo(2);
        assertThat(numbers()).containsExactly(1, 2);
    }

    @Test
    void refusesALedgerOfAnotherBuild() throws IOException {
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, "{\"ledger\":2,\"project\":\"/shop\"}\n");
        assertThatThrownBy(ledger::read)
                .isInstanceOf(Failed.class)
                .hasMessageContaining("was written by another build (format 2, this one knows 1)");
    }

    @Test
    void losesNothingOfWatchesThatWriteAtTheSameTimeWhileItIsCompacted() throws InterruptedException {
        Ledger small = new Ledger(file.resolveSibling(""), Path.of("/shop"), 2_000);
        List<Thread> writers = new ArrayList<>();
        for (int writer = 0; writer < 4; writer++) {
            int first = writer * 100;
            writers.add(Thread.ofPlatform().start(() -> {
                Ledger own = new Ledger(file.resolveSibling(""), Path.of("/shop"));
                for (int i = 0; i < 100; i++) {
                    own.append(record(first + i));
                    if (i % 20 == 0) {
                        small.compact(all -> all);
                    }
                }
            }));
        }
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(numbers()).hasSize(400).doesNotHaveDuplicates();
        assertThat(ledger.read().damaged()).isZero();
    }

    @Test
    void isCompactedOnlyAboveItsLimit() throws IOException {
        Ledger small = new Ledger(file.resolveSibling(""), Path.of("/shop"), 500);
        ledger.append(record(1));
        small.compact(all -> List.of());
        assertThat(numbers()).containsExactly(1);

        for (int i = 2; i < 40; i++) {
            ledger.append(record(i));
        }
        small.compact(all -> all.subList(all.size() - 1, all.size()));
        assertThat(numbers()).containsExactly(39);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void deletesAllThatIsKnown() {
        ledger.append(record(1));
        ledger.delete();
        assertThat(file).doesNotExist();
        assertThat(ledger.read().records()).isEqualTo(List.<JsonNode>of());
    }
}
