package dev.devmentor.learning.engine.hint;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What is known of how a person learns, in its newest version.
 *
 * @param patternId its identity
 * @param state how far it is to be relied on
 * @param confidence lower bound of the probability that it holds, 0 to 1
 * @param items the two of a pair of items; empty for other hints
 * @param skills the two of a pair of skills; of a pair of items those that they share
 * @param hours local hours at which the person learns well, 0 to 23; empty unless it is about that
 * @param sessionMinutes so long a sitting stays good; 0 unless it is about that
 */
public record Hint(
        String patternId,
        Kind kind,
        State state,
        double confidence,
        List<String> items,
        List<String> skills,
        List<Integer> hours,
        int sessionMinutes) {

    /** From here on a hint is sure enough to change what somebody is asked: it holds more likely than not. */
    public static final double LEAST_CONFIDENCE = 0.5;

    /** The surest first; ids decide where nothing else does. */
    public static final Comparator<Hint> SUREST_FIRST =
            Comparator.comparingDouble(Hint::confidence).reversed().thenComparing(Hint::patternId);

    private static final int HOURS_OF_A_DAY = 24;

    public Hint {
        items = List.copyOf(items);
        skills = List.copyOf(skills);
        hours = hours.stream().distinct().sorted().toList();
    }

    /** What a hint is about. */
    public enum Kind {
        /** Two items, or two skills, that go wrong in the same sittings. */
        MISTAKE,
        /** Two items that are taken for one another. */
        CONFUSION,
        /** Hours at which the person learns well, or how long a sitting stays good. */
        RHYTHM;

        /** The name in events and over HTTP. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How far a pattern is to be relied on. */
    public enum State {
        CANDIDATE,
        ACTIVE,
        STALE,
        RETIRED
    }

    /** Whether a hint acts, and if it does not, why. */
    public enum Effect {
        ACTS,
        SWITCHED_OFF,
        NOT_ACTIVE,
        NOT_SURE,
        NOTHING_TO_ACT_ON
    }

    /**
     * Whether it acts.
     *
     * @param wanted whether the person wants hints at all
     */
    public Effect effect(boolean wanted) {
        if (!wanted) {
            return Effect.SWITCHED_OFF;
        }
        if (state != State.ACTIVE) {
            return Effect.NOT_ACTIVE;
        }
        if (!(confidence >= LEAST_CONFIDENCE)) {
            return Effect.NOT_SURE;
        }
        boolean something = switch (kind) {
            case CONFUSION -> isPairOfItems();
            case MISTAKE -> isPairOfItems() || isPairOfSkills();
            case RHYTHM -> tellsHours() || sessionMinutes > 0;
        };
        return something ? Effect.ACTS : Effect.NOTHING_TO_ACT_ON;
    }

    /** Whether it is about two items. */
    boolean isPairOfItems() {
        return isPair(items);
    }

    /** Whether it is about two skills, whatever their items. */
    boolean isPairOfSkills() {
        return items.isEmpty() && isPair(skills);
    }

    /** Whether some hours are better than others. */
    boolean tellsHours() {
        return !hours.isEmpty() && hours.size() < HOURS_OF_A_DAY;
    }

    private static boolean isPair(List<String> two) {
        return two.size() == 2 && !two.getFirst().equals(two.getLast());
    }
}
