package dev.devmentor.learning.engine.choice;

import dev.devmentor.learning.engine.skill.ImplicitCredit;
import dev.devmentor.learning.engine.skill.SkillGraph;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Measures how much a question has helped: how far the predicted success in its skills has risen by the time they are next
 * put to the test. A right answer alone is no help in this sense; only the later answers, to other questions, show whether
 * something was learnt or kept. Immutable, a fold over the answers in the order of their log.
 *
 * <p>A question opens a measurement in each of its skills, and, with the share of {@link ImplicitCredit}, in the skills that
 * build on it: that is where a repaired prerequisite shows. The next answer in such a skill closes it. The help is the
 * predicted success after that answer minus the one before the question, -1 to 1. A question opens a measurement over one
 * that is open only if its own share is at least as large: what was nearer to the test gets the credit.
 *
 * @param open measurements by skill
 */
public record HelpMeter(SortedMap<String, Open> open) {

    /** Nothing has been asked. */
    public static final HelpMeter EMPTY = new HelpMeter(new TreeMap<>());

    public HelpMeter {
        open = Collections.unmodifiableSortedMap(new TreeMap<>(open));
    }

    /**
     * A measurement that waits for an answer.
     *
     * @param strategy that chose the question
     * @param share how much of what follows is owed to it, above 0 to 1
     * @param before predicted success in the skill before the question
     */
    public record Open(Strategy strategy, double share, double before) {}

    /**
     * A measurement that is complete.
     *
     * @param help rise of the predicted success, -1 to 1
     */
    public record Help(Strategy strategy, double share, double help) {}

    /**
     * The meter after an answer, and what is known now of earlier questions.
     *
     * @param helps in the order of the skills
     */
    public record Step(HelpMeter meter, List<Help> helps) {
        public Step {
            helps = List.copyOf(helps);
        }

        /** The weights with these observations. */
        public StrategyWeights observe(StrategyWeights weights) {
            StrategyWeights next = weights;
            for (Help help : helps) {
                next = next.observed(help.strategy(), help.share(), help.help());
            }
            return next;
        }
    }

    /**
     * An answer.
     *
     * @param skills of the question
     * @param strategy that chose it
     * @param before predicted success by skill before the answer; asked for the skills and what builds on them
     * @param after the same after it; asked for the skills
     */
    public Step answered(
            SkillGraph graph,
            ImplicitCredit credit,
            List<String> skills,
            Strategy strategy,
            ToDoubleFunction<String> before,
            ToDoubleFunction<String> after) {
        SortedMap<String, Open> next = new TreeMap<>(open);
        List<Help> helps = closed(next, skills, after);
        for (String skill : skills) {
            next.put(skill, new Open(strategy, 1, before.applyAsDouble(skill)));
        }
        Map<String, Double> further = new HashMap<>(credit.of(graph, skills, false));
        for (Map.Entry<String, Double> flow : further.entrySet()) {
            double share = -flow.getValue();
            Open waiting = next.get(flow.getKey());
            if (waiting == null || share >= waiting.share()) {
                next.put(flow.getKey(), new Open(strategy, share, before.applyAsDouble(flow.getKey())));
            }
        }
        return new Step(new HelpMeter(next), helps);
    }

    /** An answer to a question that no strategy chose: it closes measurements and opens none. */
    public Step answered(List<String> skills, ToDoubleFunction<String> after) {
        SortedMap<String, Open> next = new TreeMap<>(open);
        List<Help> helps = closed(next, skills, after);
        return new Step(new HelpMeter(next), helps);
    }

    private static List<Help> closed(
            SortedMap<String, Open> open, List<String> skills, ToDoubleFunction<String> after) {
        List<Help> helps = new ArrayList<>();
        for (String skill : skills) {
            Open waiting = open.remove(skill);
            if (waiting != null) {
                helps.add(new Help(waiting.strategy(), waiting.share(), after.applyAsDouble(skill) - waiting.before()));
            }
        }
        return helps;
    }
}
