package dev.devmentor.pbml.engine.owner;

import dev.devmentor.pbml.engine.confidence.Evidence;
import dev.devmentor.pbml.engine.confidence.LifeState;
import dev.devmentor.pbml.engine.study.EventReference;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A pattern as it looks after its last observation.
 *
 * @param id the same for the same thing, whoever shows it; at most 64 characters
 * @param title what a person calls it, or else {@code generated}
 * @param generated what it is about, with variable parts as {@code <*>}
 * @param sinceMicros since when it has been in this state, microseconds since 1970-01-01T00:00Z, as all times here
 * @param lower lower bound of the probability that it holds: 5 % of the posterior lie below
 * @param mean mean of the posterior
 * @param support observations that it rests on
 * @param repository that it is about, if it is about one
 * @param refs its latest events, at most ten
 * @param references the same for patterns of learning, whose events are known by their names
 * @param parts what it holds together
 * @param fixes of an error: what was changed when it went, the likeliest first
 * @param hours local hours at which a person does well
 * @param sessionMinutes how long a sitting stays good; 0 where that is not what it is about
 * @param evidence all of it, feedback included
 * @param byTeam the evidence of what was done for a team
 * @param lineage how it came to be, the latest last
 */
public record PatternView(
        String id,
        PatternKind kind,
        String title,
        String generated,
        LifeState state,
        long sinceMicros,
        double lower,
        double mean,
        int support,
        long firstMicros,
        long lastMicros,
        @Nullable String repository,
        List<UUID> refs,
        List<EventReference> references,
        List<Part> parts,
        List<KnownFix> fixes,
        List<String> skills,
        List<String> items,
        List<Integer> hours,
        int sessionMinutes,
        Evidence evidence,
        Map<String, Evidence> byTeam,
        List<Lineage> lineage) {

    /**
     * One of the things that a pattern holds together: a fingerprint, a line.
     *
     * @param key names it, the same for everybody
     */
    public record Part(String key, String title, int support, long firstMicros, long lastMicros) {}

    /**
     * A file that was changed when an error went.
     *
     * @param times how often
     * @param probability that it is among what changes when the error goes next
     * @param lower lower bound of that
     * @param commit the last one, if known
     * @param refs the events that say so, the latest first
     */
    public record KnownFix(
            String path,
            int times,
            double probability,
            double lower,
            long lastMicros,
            @Nullable String commit,
            List<UUID> refs) {}

    /** How a pattern took over from another, or gave to it. */
    public enum Step {
        MERGED_FROM,
        SPLIT_FROM,
        SPLIT_INTO
    }

    /**
     * A step of a pattern's history.
     *
     * @param pattern the other one
     * @param observations how many went with it
     */
    public record Lineage(Step step, String pattern, long atMicros, int observations) {}
}
