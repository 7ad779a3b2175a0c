package dev.devmentor.pbml.engine.owner;

import dev.devmentor.pbml.engine.confidence.Evidence;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of an owner's pattern can be summed up with what others know of the same one.
 *
 * @param judgement what the owner said of it
 * @param judgedFor teams for which that was said; the owner may not have the pattern there
 * @param byTeam what was done for each team, and nothing else
 */
public record PatternShare(Evidence judgement, Set<String> judgedFor, Map<String, OfTeam> byTeam) {

    /**
     * What was done for a team.
     *
     * @param evidence without the judgement
     * @param members keys of those that it was shown by there
     * @param fixes files that ended an error there, by path
     */
    public record OfTeam(Evidence evidence, Set<String> members, List<TeamFix> fixes) {}

    /**
     * A file that was changed when an error of a team went.
     *
     * @param evidence that it is among those that change when the error goes
     * @param times how often it was
     * @param lastMicros microseconds since 1970-01-01T00:00Z
     * @param commit the last one, if known
     */
    public record TeamFix(
            String path,
            Evidence evidence,
            int times,
            long lastMicros,
            @Nullable String commit) {}

    /**
     * What an owner said of a pattern that only others have.
     *
     * @param teams for which it was said
     */
    public record Judgement(String pattern, Evidence evidence, Set<String> teams) {}
}
