package dev.devmentor.learning.engine.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cards that are forgotten again and again, and what may help.
 *
 * <p>Source of the rule: Anki, {@code rslib/src/scheduler/states/review.rs}: a card is reported when its lapses reach the
 * threshold, and again after each further half of it, rounded up.
 */
public final class Leech {
    /** Lapses at which Anki first reports a card. */
    public static final int DEFAULT_THRESHOLD = 8;

    private static final double HARD = 8; // of 1 to 10: where repetition adds little
    private static final double WEAK_PREREQUISITE = 0.6;

    private Leech() {}

    /** What may help. */
    public enum Remedy {
        /** Learn a skill first that the card builds on. */
        REPAIR_PREREQUISITE,
        /** Make several cards of it, or write it anew. */
        SPLIT_OR_REWRITE,
        /** Tell it apart from the cards it is confused with. */
        SEPARATE_SIBLINGS,
        /** Forget its history and learn it as new. */
        RESET,
        /** Put it aside: it costs more than it gives. */
        SUSPEND
    }

    /**
     * A remedy and why.
     *
     * @param remedy what
     * @param reason one sentence for people
     * @param skill the skill to repair; empty if it is not about one
     */
    public record Advice(Remedy remedy, String reason, String skill) {}

    /**
     * A skill that the card builds on.
     *
     * @param skill id
     * @param probability that the learner gets a typical question of it right, 0 to 1
     */
    public record Prerequisite(String skill, double probability) {}

    /**
     * Whether the lapse that made this number is one at which the card is reported.
     *
     * @param lapses at least 0
     * @param threshold 0 for never
     */
    public static boolean isReported(int lapses, int threshold) {
        if (threshold <= 0 || lapses < threshold) {
            return false;
        }
        return (lapses - threshold) % halfOf(threshold) == 0;
    }

    /** Whether a card is a leech: it has reached the threshold, now or before. */
    public static boolean is(int lapses, int threshold) {
        return threshold > 0 && lapses >= threshold;
    }

    /** How often a card was reported so far. */
    public static int reports(int lapses, int threshold) {
        return is(lapses, threshold) ? 1 + (lapses - threshold) / halfOf(threshold) : 0;
    }

    /**
     * What may help, best first; never empty.
     *
     * @param card a leech
     * @param threshold above 0
     * @param prerequisites skills that its skills build on
     * @param siblings number of other cards of its group
     * @param today to judge whether it is known now
     */
    public static List<Advice> advice(
            PlannedCard card, int threshold, List<Prerequisite> prerequisites, int siblings, int today) {
        List<Advice> advice = new ArrayList<>();
        prerequisites.stream()
                .filter(prerequisite -> prerequisite.probability() < WEAK_PREREQUISITE)
                .min((a, b) -> {
                    int byProbability = Double.compare(a.probability(), b.probability());
                    return byProbability != 0 ? byProbability : a.skill().compareTo(b.skill());
                })
                .ifPresent(weakest -> advice.add(new Advice(
                        Remedy.REPAIR_PREREQUISITE,
                        String.format(
                                Locale.ROOT,
                                "it builds on %s, where %.0f %% of typical questions would be right",
                                weakest.skill(),
                                weakest.probability() * 100),
                        weakest.skill())));
        if (siblings > 0) {
            advice.add(new Advice(
                    Remedy.SEPARATE_SIBLINGS,
                    siblings + (siblings == 1 ? " card" : " cards") + " of the same note may be confused with it",
                    ""));
        }
        if (card.difficulty() >= HARD) {
            advice.add(new Advice(
                    Remedy.SPLIT_OR_REWRITE,
                    String.format(
                            Locale.ROOT,
                            "its difficulty is %.1f of 10: it asks for too much at once, or for something unclear",
                            card.difficulty()),
                    ""));
        }
        if (reports(card.lapses(), threshold) >= 3) {
            advice.add(new Advice(
                    Remedy.SUSPEND,
                    "forgotten " + card.lapses() + " times in " + card.reviews()
                            + " answers: it takes time that other cards could use better",
                    ""));
        } else if (card.recallOn(today) < card.wantedRecall() / 2 && card.difficulty() >= HARD) {
            advice.add(new Advice(Remedy.RESET, "little of it is left, and its history keeps its intervals short", ""));
        }
        if (advice.isEmpty()) {
            advice.add(new Advice(
                    Remedy.SPLIT_OR_REWRITE,
                    "forgotten " + card.lapses() + " times, although it is not difficult and builds on nothing weak:"
                            + " it is likely to be confused with something, or to be unclear",
                    ""));
        }
        return List.copyOf(advice);
    }

    private static int halfOf(int threshold) {
        return (threshold + 1) / 2;
    }
}
