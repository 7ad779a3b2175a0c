package dev.devmentor.learning.choice;

import static dev.devmentor.deterministic.DeterministicMath.exp;

import dev.devmentor.learning.engine.choice.OptimalChallenge;
import dev.devmentor.learning.engine.choice.OptimalChallenge.Missing;
import dev.devmentor.learning.skill.Ratings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Questions that the bank lacks for a learner. */
@Schema(
        description =
                "Questions that the bank lacks: none that was not asked yet is near enough to the wanted difficulty.")
public record MissingItems(
        @Schema(description = "in which skill", examples = "kafka.partitions")
        String skill,

        @Schema(
                description =
                        "lowest difficulty that would do, as the bank's questions say it: share of working developers"
                                + " who get it wrong",
                examples = "0.31")
        double difficultyFrom,

        @Schema(description = "highest difficulty that would do", examples = "0.42")
        double difficultyTo,

        @Schema(
                description = "one sentence for people",
                examples = "the nearest unasked item of skill kafka.partitions is too easy")
        String reason) {
    private static final int MOST = 10;
    private static final double LEAST_DIFFICULTY = 0.02;
    private static final double MOST_DIFFICULTY = 0.98;

    /** What is missing, in the bank's own measure of difficulty. */
    public static MissingItems of(Missing missing, Ratings ratings, OptimalChallenge challenge) {
        double from = missing.from();
        double to = missing.to();
        if (Double.isInfinite(from) || Double.isInfinite(to)) {
            // Where nothing is left there is no nearest question to start from, but the ability says what would do.
            double wanted = challenge.wantedDifficulty(logit -> ratings.success(missing.skill(), share(logit), 0));
            from = wanted - challenge.tolerance();
            to = wanted + challenge.tolerance();
        }
        return new MissingItems(missing.skill(), rounded(share(from)), rounded(share(to)), missing.reason());
    }

    /** The first of each skill, at most ten. */
    public static List<MissingItems> most(Stream<MissingItems> missing) {
        Map<String, MissingItems> bySkill = new LinkedHashMap<>();
        missing.forEach(items -> bySkill.putIfAbsent(items.skill(), items));
        return bySkill.values().stream().limit(MOST).toList();
    }

    private static double share(double logit) {
        return Math.clamp(1 / (1 + exp(-logit)), LEAST_DIFFICULTY, MOST_DIFFICULTY);
    }

    private static double rounded(double share) {
        return Math.round(share * 100) / 100.0;
    }
}
