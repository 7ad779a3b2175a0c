package dev.devmentor.learning.hint;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.devmentor.events.PatternLearned;
import dev.devmentor.learning.engine.hint.Hint;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What was learned of how the caller learns, and whether it acts. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Hint", examples = "{" + HintView.EXAMPLE + "}")
public record HintView(
        String patternId,

        @Schema(description = "mistake, confusion or rhythm", examples = "confusion")
        String kind,

        @Schema(description = "candidate, active, stale or retired", examples = "active")
        String state,

        @Schema(description = "rises with each change", examples = "3")
        int version,

        @Schema(description = "one line for people, by whoever learned it")
        String title,

        @Schema(description = "lower bound of the probability that it holds, 0 to 1", examples = "0.97")
        double confidence,

        @Schema(description = "observations that it rests on", examples = "31")
        int support,

        @Schema(description = "when it became so", examples = "2026-03-01T10:00:00Z")
        Instant since,

        @Schema(description = "the items that it is about") List<NamedItem> items,

        @Schema(description = "the skills that it touches") List<NamedSkill> skills,

        @Schema(description = "local hours at which the caller learns well, 0 to 23; absent if it says none") @Nullable List<Integer> hours,

        @Schema(description = "so many minutes a sitting stays good; absent if it does not say") @Nullable Integer sessionMinutes,

        @Schema(description = "some of the events that it was learned from, at most ten")
        List<Evidence> evidence,

        @Schema(description = "whether it changes what is asked")
        boolean acts,

        @Schema(description = "why it does not act; absent if it does") @Nullable String whyNot) {

    /** An example without its braces, for what shows hints in a list. */
    static final String EXAMPLE = """
            "patternId": "confusion-1f0a6c9e7d21", "kind": "confusion", "state": "active", "version": 3,
             "title": "Two questions about partitions are mixed up", "confidence": 0.97, "support": 31,
             "since": "2026-03-01T10:00:00Z",
             "items": [{"item": "bank:kafka-same-key-same-partition", "title": "What follows for records with the same key?"},
              {"item": "bank:kafka-partitions-added-later", "title": "What happens to keys when partitions are added?"}],
             "skills": [{"skill": "kafka.partitions", "name": "Partitions and keys"}],
             "evidence": [{"source": "urn:devmentor:learning-service", "id": "8f3c2f0e"}], "acts": true""";

    /** An item, and the first line of what it asks where that is known. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(examples = """
            {"item": "bank:kafka-same-key-same-partition", "title": "What follows for records with the same key?"}""")
    public record NamedItem(String item, @Nullable String title) {}

    /** A skill, and its name where the bank has it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(examples = "{\"skill\": \"kafka.partitions\", \"name\": \"Partitions and keys\"}")
    public record NamedSkill(String skill, @Nullable String name) {}

    /** The identity of an event. */
    @Schema(examples = "{\"source\": \"urn:devmentor:learning-service\", \"id\": \"8f3c2f0e\"}")
    public record Evidence(String source, String id) {}

    /** A page of hints. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Hints", examples = "{\"total\": 1, \"hints\": [{" + EXAMPLE + "}]}")
    public record Page(
            @Schema(description = "in all pages", examples = "1")
            long total,

            List<HintView> hints,

            @Schema(description = "'cursor' of the next page; absent on the last") @Nullable String next) {}

    static HintView of(
            KnownHint known, boolean wanted, Map<String, String> titles, Function<String, @Nullable String> skillName) {
        PatternLearned pattern = known.pattern();
        Hint hint = known.hint();
        Hint.Effect effect = hint.effect(wanted);
        return new HintView(
                pattern.patternId(),
                pattern.kind().wire(),
                pattern.state().wire(),
                pattern.version(),
                pattern.title(),
                pattern.confidence(),
                pattern.support(),
                pattern.learnedAt(),
                pattern.items().stream()
                        .map(item -> new NamedItem(item, titles.get(item)))
                        .toList(),
                pattern.skills().stream()
                        .map(skill -> new NamedSkill(skill, skillName.apply(skill)))
                        .toList(),
                pattern.hours().isEmpty() ? null : hint.hours(),
                pattern.sessionMinutes(),
                pattern.evidence().stream()
                        .map(event -> new Evidence(event.source(), event.id()))
                        .toList(),
                effect == Hint.Effect.ACTS,
                whyNot(hint, effect));
    }

    private static @Nullable String whyNot(Hint hint, Hint.Effect effect) {
        return switch (effect) {
            case ACTS -> null;
            case SWITCHED_OFF -> "your setting 'hints' is off";
            case NOT_ACTIVE ->
                switch (hint.state()) {
                    case CANDIDATE -> "it is too new to be relied on";
                    case STALE -> "it has not been seen for long";
                    case RETIRED -> "it is over";
                    case ACTIVE -> throw new IllegalStateException("it is active");
                };
            case NOT_SURE ->
                String.format(
                        Locale.ROOT,
                        "it holds with %.0f %%, and below %.0f %% none acts",
                        Math.floor(100 * hint.confidence()),
                        100 * Hint.LEAST_CONFIDENCE);
            case NOTHING_TO_ACT_ON -> "it names nothing that a choice of questions could follow";
        };
    }
}
