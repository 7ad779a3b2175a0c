package dev.devmentor.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Events whose data holds arrays of objects: what stands in one object stays in it. */
final class NestedObjectsTest {
    private static final Envelope ENVELOPE = new Envelope("e-1", "/nested", "", null, null, null, null, null);
    private static final String HEAD =
            "{\"changeId\":\"c-1\",\"learner\":\"l-1\",\"repository\":\"acme/shop\",\"changedAt\":\"2026-03-01T09:30:00Z\",\"origin\":\"save\"";
    private static final String ERROR =
            "{\"observationId\":\"o-1\",\"observedAt\":\"2026-03-01T09:30:00Z\",\"origin\":\"test\",\"status\":\"seen\"";

    private final EventDecoder decoder = new EventDecoder();

    @Test
    void readsEveryFieldOfAChange() throws IOException {
        assertThat(example(EventTypes.CODE_CHANGED))
                .isEqualTo(new CodeChanged(
                        "c-5d1f",
                        "l-9b2c",
                        "acme/shop",
                        "feature/basket",
                        "9fceb02d0ae598e95dc970b74767f19372d61af8",
                        Instant.parse("2026-03-01T08:30:00.123456Z"),
                        ChangeOrigin.COMMIT,
                        "Count the basket once",
                        List.of(
                                new FileChange(
                                        "src/main/java/shop/Basket.java", FileChangeKind.MODIFIED, null, 12, 3, null),
                                new FileChange(
                                        "src/main/java/shop/Total.java",
                                        FileChangeKind.RENAMED,
                                        "src/main/java/shop/Sum.java",
                                        0,
                                        0,
                                        null),
                                new FileChange("docs/basket.png", FileChangeKind.ADDED, null, null, null, null)),
                        List.of("java", "streams"),
                        "t-4",
                        null));
    }

    @Test
    void readsEveryFieldOfAnError() throws IOException {
        assertThat(example(EventTypes.ERROR_OBSERVED))
                .isEqualTo(new ErrorObserved(
                        "o-77a0",
                        "l-9b2c",
                        "acme/shop",
                        Instant.parse("2026-03-01T08:31:07Z"),
                        ErrorOrigin.TEST,
                        ErrorStatus.GONE,
                        "r-12",
                        "./mvnw verify",
                        "java.lang.IllegalStateException: basket is closed\n\tat shop.Basket.add(Basket.java:42)"
                                + "\n\tat shop.BasketTest.countsOnce(BasketTest.java:17)",
                        0,
                        List.of("src/main/java/shop/Basket.java", "src/test/java/shop/BasketTest.java"),
                        "9fceb02d0ae598e95dc970b74767f19372d61af8",
                        "t-4",
                        List.of("java", "junit"),
                        null));
    }

    @Test
    void readsEveryFieldOfAPattern() throws IOException {
        assertThat(example(EventTypes.PATTERN_LEARNED))
                .isEqualTo(new PatternLearned(
                        "p-31",
                        PatternKind.CONFUSION,
                        PatternScope.PERSON,
                        "l-9b2c",
                        PatternState.ACTIVE,
                        3,
                        "Takes map for flatMap",
                        0.82,
                        14,
                        Instant.parse("2026-03-01T08:30:00.123456Z"),
                        List.of("java", "streams"),
                        List.of("java-streams-7", "java-streams-9"),
                        List.of(9, 10, 21),
                        35,
                        List.of(
                                new EventReference("/my-quiz", "a-7f3e"),
                                new EventReference("https://producer.example/quiz", "a-7f3f")),
                        null));
    }

    @Test
    void readsEveryFieldOfADrift() throws IOException {
        assertThat(example(EventTypes.PATTERN_DRIFTED))
                .isEqualTo(new PatternDrifted(
                        "d-8",
                        "sequence",
                        PatternScope.TEAM,
                        "t-4",
                        "p-31",
                        Instant.parse("2026-03-01T08:30:00.123456Z"),
                        0.64,
                        0.31,
                        120,
                        null));
    }

    @Test
    void anUnknownFieldIsKeptWhereItStood() {
        CodeChanged change =
                change("{\"path\":\"a\",\"change\":\"added\",\"x\":1},{\"y\":2,\"path\":\"b\",\"change\":\"added\"}"
                        + ",{\"path\":\"c\",\"change\":\"added\"}],\"z\":[3");
        assertThat(change.files().stream().map(FileChange::extra)).containsExactly("{\"x\":1}", "{\"y\":2}", null);
        assertThat(change.extra()).isEqualTo("{\"z\":[3]}");
        assertThat(new String(EventEncoder.encodeData(EventTypes.CODE_CHANGED, change), StandardCharsets.UTF_8))
                .isEqualTo(HEAD
                        + ",\"files\":[{\"path\":\"a\",\"change\":\"added\",\"x\":1},{\"path\":\"b\",\"change\":\"added\",\"y\":2}"
                        + ",{\"path\":\"c\",\"change\":\"added\"}],\"z\":[3]}");
    }

    @Test
    void anObjectMayUseTheNamesOfAnotherAndOfTheData() {
        CodeChanged change = change(
                "{\"path\":\"a\",\"change\":\"added\",\"learner\":\"x\"},{\"path\":\"a\",\"change\":\"added\"}],\"path\":[\"p\"");
        assertThat(change.learner()).isEqualTo("l-1");
        assertThat(change.files().getFirst().extra()).isEqualTo("{\"learner\":\"x\"}");
        assertThat(change.extra()).isEqualTo("{\"path\":[\"p\"]}");
    }

    @Test
    void afterAnArrayOfObjectsAFieldUsedTwiceIsStillSeen() {
        assertThat(refused("{\"path\":\"a\",\"change\":\"added\"}],\"learner\":\"l-2\",\"skills\":["))
                .isEqualTo("/learner: field used twice");
        assertThat(refused("{\"path\":\"a\",\"change\":\"added\"}],\"files\":[{\"path\":\"a\",\"change\":\"added\"}"))
                .isEqualTo("/files: field used twice");
    }

    @Test
    void saysWhichObjectAndWhichRule() {
        String good = "{\"path\":\"a\",\"change\":\"added\"},";
        assertThat(refused("")).isEqualTo("/files: empty");
        assertThat(refused(good + "7")).isEqualTo("/files/1: not an object");
        assertThat(refused(good + "{\"path\":\"b\"}")).isEqualTo("/files/1/change: required");
        assertThat(refused(good + good + "{\"path\":\"b\",\"change\":\"renamed\"}"))
                .isEqualTo("/files/2/from: required");
        assertThat(refused(good + "{\"path\":\"b\",\"path\":\"b\"}")).isEqualTo("/files/1/path: field used twice");
        assertThat(refused(good + "{\"linesAdded\":-1}")).isEqualTo("/files/1/linesAdded: not from 0 to 2147483647");
        assertThat(refused(good.substring(0, good.length() - 1) + "],\"commit\":\"ABCDEF0\",\"skills\":["))
                .isEqualTo("/commit: not lower-case hexadecimal digits");
        assertThat(detail(
                        EventTypes.CODE_CHANGED,
                        HEAD.replace("acme/shop", "git@host.example:acme/shop") + ",\"files\":[]}"))
                .isEqualTo("/repository: an address, not a name");
    }

    @Test
    void saysWhatIsWrongWithAScope() {
        String drift =
                "{\"driftId\":\"d\",\"model\":\"m\",\"scope\":\"%s\",\"driftedAt\":\"2026-03-01T09:30:00Z\",\"before\":1,\"after\":0,\"observations\":1%s}";
        assertThat(detail(EventTypes.PATTERN_DRIFTED, drift.formatted("person", "")))
                .isEqualTo("/scopeId: required");
        assertThat(detail(EventTypes.PATTERN_DRIFTED, drift.formatted("everyone", ",\"scopeId\":\"l-1\"")))
                .isEqualTo("/scopeId: not allowed where /scope is everyone");
    }

    @Test
    void aThousandFilesAreTakenAndOneMoreIsNot() {
        assertThat(change(files(1000)).files()).hasSize(1000);
        assertThat(refused(files(1001))).isEqualTo("/files: more than 1000 items");
    }

    private static String files(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"path\":\"src/" + i + "\",\"change\":\"modified\"}")
                .collect(Collectors.joining(","));
    }

    @Test
    void theTextOfAnErrorIsCountedInCharactersAndItsRecordInBytes() {
        assertThat(error("x".repeat(65_536))).isNull();
        assertThat(error("ü".repeat(65_536))).isNull();
        assertThat(error("x".repeat(65_537))).isEqualTo("/text: longer than 65536 characters");
        assertThat(error("😀".repeat(65_400))).isNull();
        assertThat(error("😀".repeat(65_536))).isEqualTo("longer than 262144 bytes");
        // An escape is one character of the text and six bytes of the record.
        assertThat(error("\\u0078".repeat(40_000))).isNull();
        assertThat(error("\\u0078".repeat(65_536))).isEqualTo("longer than 262144 bytes");
    }

    private @Nullable String error(String text) {
        byte[] json = (ERROR + ",\"text\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8);
        return decoder.decodeData(EventTypes.ERROR_OBSERVED, ENVELOPE, json)
                        instanceof Decoded.Rejected<ErrorObserved>(Reason reason, String detail)
                ? detail
                : null;
    }

    private CodeChanged change(String files) {
        return data(EventTypes.CODE_CHANGED, (HEAD + ",\"files\":[" + files + "]}").getBytes(StandardCharsets.UTF_8));
    }

    private String refused(String files) {
        return detail(EventTypes.CODE_CHANGED, HEAD + ",\"files\":[" + files + "]}");
    }

    private <T> String detail(EventType<T> type, String json) {
        Decoded<T> decoded = decoder.decodeData(type, ENVELOPE, json.getBytes(StandardCharsets.UTF_8));
        if (decoded instanceof Decoded.Rejected<T>(Reason reason, String detail)) {
            return detail;
        }
        throw new AssertionError(decoded);
    }

    private <T> T example(EventType<T> type) throws IOException {
        return data(
                type,
                Files.readAllBytes(
                        ExamplesTest.examples(type, "valid-every-field").getFirst()));
    }

    private <T> T data(EventType<T> type, byte[] json) {
        Decoded<T> decoded = decoder.decodeData(type, ENVELOPE, json);
        if (decoded instanceof Decoded.Accepted<T>(Event<T> event)) {
            return event.data();
        }
        throw new AssertionError(decoded);
    }
}
