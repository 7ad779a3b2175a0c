package dev.devmentor.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class EventEncoderTest {
    private static final ReviewScheduled REVIEW = new ReviewScheduled(
            "l-1",
            "i-1",
            Instant.parse("2026-03-11T03:00:00Z"),
            10,
            SchedulerName.FSRS6,
            "a-1",
            Instant.parse("2026-03-01T08:30:00.123Z"),
            CardState.REVIEW,
            10.25,
            5.5,
            4,
            1,
            0.9,
            null);

    private final EventDecoder decoder = new EventDecoder();

    @Test
    void writesAReviewWithoutWhatIsAbsent() {
        assertThat(new String(EventEncoder.encodeData(EventTypes.REVIEW_SCHEDULED, REVIEW), StandardCharsets.UTF_8))
                .isEqualTo("""
                        {"learner":"l-1","item":"i-1","dueAt":"2026-03-11T03:00:00Z","intervalDays":10,"scheduler":"fsrs6",\
                        "answerId":"a-1","reviewedAt":"2026-03-01T08:30:00.123Z","state":"review","stability":10.25,\
                        "difficulty":5.5,"repetitions":4,"lapses":1,"retrievabilityTarget":0.9}""");
    }

    @Test
    void whatItWritesInBinaryModeIsReadBack() {
        Envelope envelope = new Envelope(
                "e-1",
                "/learning-service",
                "review.scheduled",
                Instant.parse("2026-03-01T08:30:01Z"),
                "i-1",
                EventTypes.REVIEW_SCHEDULED.schemaUri(),
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "vendor=1");
        assertThat(decoder.decode(
                        EventTypes.REVIEW_SCHEDULED,
                        EventEncoder.binaryHeaders(envelope)::get,
                        EventEncoder.encodeData(EventTypes.REVIEW_SCHEDULED, REVIEW)))
                .isEqualTo(new Decoded.Accepted<>(new Event<>(envelope, REVIEW)));
    }

    @Test
    void whatItWritesInStructuredModeIsReadBack() {
        Event<ReviewScheduled> event =
                new Event<>(Envelope.of(EventTypes.REVIEW_SCHEDULED, "/learning-service", "e-1", null), REVIEW);
        assertThat(decoder.decode(
                        EventTypes.REVIEW_SCHEDULED,
                        HeaderLookup.NONE,
                        EventEncoder.encodeStructured(EventTypes.REVIEW_SCHEDULED, event)))
                .isEqualTo(new Decoded.Accepted<>(event));
    }

    @Test
    void headersOfWhatIsAbsentAreLeftOut() {
        assertThat(EventEncoder.binaryHeaders(new Envelope("e", "/s", "user.erased", null, null, null, null, null)))
                .containsOnlyKeys("ce_specversion", "ce_id", "ce_source", "ce_type", "content-type");
    }

    @Test
    void equalCountsBecomeEqualBytes() {
        Map<String, Long> one = new LinkedHashMap<>();
        one.put("cards", 2L);
        one.put("answers", 1L);
        Map<String, Long> two = new LinkedHashMap<>();
        two.put("answers", 1L);
        two.put("cards", 2L);
        assertThat(erasure(one))
                .isEqualTo(erasure(two))
                .asString(StandardCharsets.UTF_8)
                .contains("{\"answers\":1,\"cards\":2}");
    }

    private static byte[] erasure(Map<String, Long> counts) {
        return EventEncoder.encodeData(
                EventTypes.USER_ERASURE_COMPLETED,
                new UserErasureCompleted("l", "learning-service", "e", counts, Instant.EPOCH, null));
    }

    @Test
    void anIdFromContentIsTheSameForTheSameAndDiffersWherePartsShift() {
        assertThat(EventEncoder.contentId("ab", "c"))
                .isEqualTo(EventEncoder.contentId("ab", "c"))
                .isEqualTo("f2939f903016e5bb29b1e4a61cdbd376")
                .isNotEqualTo(EventEncoder.contentId("a", "bc"))
                .isNotEqualTo(EventEncoder.contentId("abc"));
    }

    @Test
    void theKeyIsTheLearnerAndTheTaskWhereThereIsNone() {
        TaskCreated open = new TaskCreated("t-1", null, "p", "title", List.of(), Instant.EPOCH, null, null);
        TaskCreated taken = new TaskCreated("t-1", "l-1", "p", "title", List.of(), Instant.EPOCH, null, null);
        assertThat(EventKeys.key(EventTypes.TASK_CREATED, open)).isEqualTo("t-1");
        assertThat(EventKeys.key(EventTypes.TASK_CREATED, taken)).isEqualTo("l-1");
        assertThat(EventKeys.key(EventTypes.REVIEW_SCHEDULED, REVIEW)).isEqualTo("l-1");
    }

    @Test
    void theKeyOfAnErrorIsTheLearnerTheRepositoryOrTheOrigin() {
        assertThat(EventKeys.key(EventTypes.ERROR_OBSERVED, error("l-1", "acme/shop")))
                .isEqualTo("l-1");
        assertThat(EventKeys.key(EventTypes.ERROR_OBSERVED, error(null, "acme/shop")))
                .isEqualTo("acme/shop");
        assertThat(EventKeys.key(EventTypes.ERROR_OBSERVED, error(null, null))).isEqualTo("service");
    }

    private static ErrorObserved error(@Nullable String learner, @Nullable String repository) {
        return new ErrorObserved(
                "o-1",
                learner,
                repository,
                Instant.EPOCH,
                ErrorOrigin.SERVICE,
                ErrorStatus.SEEN,
                null,
                null,
                "refused",
                null,
                List.of(),
                null,
                null,
                List.of(),
                null);
    }

    @Test
    void theKeyOfAPatternIsWhoseItIsAndItsOwnIdWhereItIsEveryones() {
        assertThat(EventKeys.key(EventTypes.PATTERN_LEARNED, pattern(PatternScope.TEAM, "t-4", 0.5)))
                .isEqualTo("t-4");
        assertThat(EventKeys.key(EventTypes.PATTERN_LEARNED, pattern(PatternScope.EVERYONE, null, 0.5)))
                .isEqualTo("p-1");
        PatternDrifted team = new PatternDrifted(
                "d-1", "sequence", PatternScope.TEAM, "t-4", null, Instant.EPOCH, 0.8, 0.2, 30, null);
        PatternDrifted everyone = new PatternDrifted(
                "d-1", "sequence", PatternScope.EVERYONE, null, null, Instant.EPOCH, 0.8, 0.2, 30, null);
        assertThat(EventKeys.key(EventTypes.PATTERN_DRIFTED, team)).isEqualTo("t-4");
        assertThat(EventKeys.key(EventTypes.PATTERN_DRIFTED, everyone)).isEqualTo("sequence");
    }

    @Test
    void writesAPatternWithoutEmptyListsAndNegativeZero() {
        assertThat(new String(
                        EventEncoder.encodeData(EventTypes.PATTERN_LEARNED, pattern(PatternScope.EVERYONE, null, -0.0)),
                        StandardCharsets.UTF_8))
                .isEqualTo("""
                        {"patternId":"p-1","kind":"related-files","scope":"everyone","state":"active","version":2,\
                        "title":"A and B","confidence":0.0,"support":9,"learnedAt":"1970-01-01T00:00:00Z"}""");
    }

    private static PatternLearned pattern(PatternScope scope, @Nullable String scopeId, double confidence) {
        return new PatternLearned(
                "p-1",
                PatternKind.RELATED_FILES,
                scope,
                scopeId,
                PatternState.ACTIVE,
                2,
                "A and B",
                confidence,
                9,
                Instant.EPOCH,
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of(),
                null);
    }

    @Test
    void typesAreFoundByTheirNames() {
        for (EventType<?> type : EventTypes.all()) {
            assertThat(EventTypes.byName(type.name())).isSameAs(type);
            assertThat(Schemas.STRICT
                            .readTree(Schemas.text(type.schemaResource()))
                            .path("$id")
                            .asString())
                    .isEqualTo(type.schemaUri());
        }
        assertThat(EventTypes.byName("sprint.closed")).isNull();
    }
}
