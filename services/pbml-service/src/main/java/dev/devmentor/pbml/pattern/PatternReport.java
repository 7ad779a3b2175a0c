package dev.devmentor.pbml.pattern;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.pbml.engine.owner.PatternView;
import dev.devmentor.pbml.log.ObservationReference;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is known of a pattern.
 *
 * @param generated what it is about, also if a person calls it otherwise
 * @param mergedInto its id, if another one was asked for that was merged into it
 * @param parts what it holds together
 * @param lineage how it came to be, the latest last
 * @param evidence events of the caller's log that it rests on, the latest first; none of what is shared
 * @param history what the caller did with it, the latest first; at most a hundred
 * @param version that was announced last, or that of what is shared; null if nothing was announced
 * @param epoch of what is shared; null for a person's own
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(examples = """
        {"id": "error-5f1d0c9b7a3e2468ace013579bdf0246", "kind": "error", "scope": "person", "title": "The database is down",
         "state": "active", "confidence": 0.71, "mean": 0.86, "support": 7, "firstSeen": "2026-03-01T10:00:00Z",
         "lastSeen": "2026-03-09T16:20:00Z", "since": "2026-03-02T09:12:00Z", "repository": "acme/shop", "skills": [],
         "items": [], "hours": [], "fixes": [],
         "generated": "java.sql.SQLException: connection to <*> refused",
         "parts": [{"key": "1b2c3d4e5f60718293a4b5c6d7e8f901", "title": "java.sql.SQLException: connection to <*> refused",
           "support": 7, "firstSeen": "2026-03-01T10:00:00Z", "lastSeen": "2026-03-09T16:20:00Z"}],
         "lineage": [], "evidence": [{"source": "/devmentor/cli", "id": "o-17", "at": "2026-03-09T16:20:00Z", "kind": "error"}],
         "history": [{"what": "renamed", "at": "2026-03-03T08:00:00Z", "title": "The database is down"}], "version": 3}""")
public record PatternReport(
        @JsonUnwrapped PatternSummary pattern,
        String generated,
        @Nullable String mergedInto,
        List<PartView> parts,
        List<StepView> lineage,
        List<EventView> evidence,
        List<ActView> history,
        @Nullable Integer version,
        @Nullable Integer epoch) {

    /**
     * One of the things that a pattern holds together.
     *
     * @param key by which it can be split off
     */
    public record PartView(String key, String title, int support, Instant firstSeen, Instant lastSeen) {
        static List<PartView> of(List<PatternView.Part> parts) {
            return parts.stream()
                    .map(part -> new PartView(
                            part.key(),
                            part.title(),
                            part.support(),
                            Micros.toInstant(part.firstMicros()),
                            Micros.toInstant(part.lastMicros())))
                    .toList();
        }
    }

    /**
     * How a pattern took over from another, or gave to it.
     *
     * @param step {@code merged-from}, {@code split-from} or {@code split-into}
     * @param pattern the other one
     * @param observations how many went with it
     */
    public record StepView(String step, String pattern, Instant at, int observations) {
        static List<StepView> of(List<PatternView.Lineage> lineage) {
            return lineage.stream()
                    .map(step -> new StepView(
                            kebab(step.step()), step.pattern(), Micros.toInstant(step.atMicros()), step.observations()))
                    .toList();
        }
    }

    /**
     * An event of the caller's log.
     *
     * @param kind such as {@code error}
     */
    public record EventView(String source, String id, Instant at, String kind) {
        static EventView of(ObservationReference event) {
            return new EventView(
                    event.key().source(),
                    event.key().id(),
                    Micros.toInstant(event.key().atMicros()),
                    kebab(event.kind()));
        }
    }

    /**
     * Something that a person did with a pattern.
     *
     * @param what {@code renamed}, {@code merged}, {@code split}, {@code retired}, {@code revived} or {@code feedback}
     * @param title that it got; null if it got its own back
     * @param others that became one with it
     * @param members that became another one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ActView(
            String what,
            Instant at,
            @Nullable String title,
            @Nullable List<String> others,
            @Nullable List<String> members,
            @Nullable Boolean helpful) {}

    private static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }
}
