package dev.devmentor.learning.engine.skill;

import static dev.devmentor.deterministic.DeterministicMath.pow;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a person's skills have gained and lost by answers in other skills: a fold over the answers in the order of their
 * log. A balance fades by half in {@link #HALF_LIFE_DAYS}, is kept within -1 and 1, and is paid off by an answer in the skill
 * itself, which says more. Immutable.
 *
 * @param balances by skill
 */
public record CreditLedger(SortedMap<String, Balance> balances) {

    /** Implicit practice is forgotten as fast as a first repetition: in about a week. */
    public static final double HALF_LIFE_DAYS = 7;

    /** No answer yet. */
    public static final CreditLedger EMPTY = new CreditLedger(new TreeMap<>());

    private static final double MICROS_PER_DAY = 86_400e6;

    public CreditLedger {
        balances = Collections.unmodifiableSortedMap(new TreeMap<>(balances));
    }

    /**
     * Credit of one skill.
     *
     * @param amount at the time, -1 to 1
     * @param atMicros microseconds since 1970
     */
    public record Balance(double amount, long atMicros) {
        double at(long micros) {
            double days = Math.max(0, (micros - atMicros) / MICROS_PER_DAY);
            return amount * pow(0.5, days / HALF_LIFE_DAYS);
        }
    }

    /** Credit of a skill at a time, -1 to 1; 0 if nothing is known. */
    public double of(String skill, long atMicros) {
        Balance balance = balances.get(skill);
        return balance == null ? 0 : balance.at(atMicros);
    }

    /** The ledger after an answer that doesn't come before those folded. */
    public CreditLedger after(
            SkillGraph graph, ImplicitCredit credit, List<String> skills, boolean right, long atMicros) {
        TreeMap<String, Balance> next = new TreeMap<>(balances);
        skills.forEach(next::remove);
        for (Map.Entry<String, Double> share : credit.of(graph, skills, right).entrySet()) {
            double amount = of(share.getKey(), atMicros) + share.getValue();
            next.put(share.getKey(), new Balance(Math.clamp(amount, -1, 1), atMicros));
        }
        return new CreditLedger(next);
    }
}
