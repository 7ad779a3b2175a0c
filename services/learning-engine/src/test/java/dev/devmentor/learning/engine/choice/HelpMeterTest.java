package dev.devmentor.learning.engine.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.devmentor.learning.engine.choice.HelpMeter.Step;
import dev.devmentor.learning.engine.skill.ImplicitCredit;
import dev.devmentor.learning.engine.skill.SkillGraph;
import dev.devmentor.learning.engine.skill.SkillGraph.Built;
import dev.devmentor.learning.engine.skill.SkillGraph.Node;
import java.util.List;
import org.junit.jupiter.api.Test;

class HelpMeterTest {
    private static final SkillGraph GRAPH = ((Built)
                    SkillGraph.of(List.of(new Node("low", List.of(), 0), new Node("high", List.of("low"), 0))))
            .graph();

    private static Step answered(HelpMeter meter, String skill, Strategy strategy, double before, double after) {
        return meter.answered(GRAPH, ImplicitCredit.DEFAULT, List.of(skill), strategy, _ -> before, _ -> after);
    }

    @Test
    void helpIsTheRiseUntilTheNextAnswerAndNotTheAnswerItself() {
        Step first = answered(HelpMeter.EMPTY, "high", Strategy.WEAKEST_SKILL, 0.4, 0.5);
        Step second = answered(first.meter(), "high", Strategy.OPTIMAL_CHALLENGE, 0.48, 0.55);

        assertThat(first.helps()).isEmpty();
        assertThat(second.helps()).hasSize(1);
        assertThat(second.helps().getFirst().strategy()).isEqualTo(Strategy.WEAKEST_SKILL);
        assertThat(second.helps().getFirst().help()).isEqualTo(0.15, within(1e-12));
    }

    @Test
    void aRepairIsMeasuredWhereItIsNeeded() {
        Step repair = answered(HelpMeter.EMPTY, "low", Strategy.PREREQUISITE_REPAIR, 0.3, 0.4);
        Step test = answered(repair.meter(), "high", Strategy.OPTIMAL_CHALLENGE, 0.3, 0.36);

        assertThat(test.helps()).hasSize(1);
        assertThat(test.helps().getFirst().strategy()).isEqualTo(Strategy.PREREQUISITE_REPAIR);
        assertThat(test.helps().getFirst().share()).isEqualTo(0.5);
        assertThat(test.helps().getFirst().help()).isEqualTo(0.06, within(1e-12));
    }

    @Test
    void whatWasNearerToTheTestIsNotPushedAsideByWhatWasFartherAway() {
        Step own = answered(HelpMeter.EMPTY, "high", Strategy.WEAKEST_SKILL, 0.3, 0.4);
        Step repair = answered(own.meter(), "low", Strategy.PREREQUISITE_REPAIR, 0.35, 0.4);

        assertThat(answered(repair.meter(), "high", Strategy.DUE_REVIEW, 0.4, 0.5)
                        .helps())
                .extracting(HelpMeter.Help::strategy)
                .containsExactly(Strategy.WEAKEST_SKILL);
    }

    @Test
    void anAnswerThatNobodyChoseClosesAndOpensNothing() {
        Step first = answered(HelpMeter.EMPTY, "high", Strategy.WEAKEST_SKILL, 0.4, 0.5);
        Step second = first.meter().answered(List.of("high"), _ -> 0.6);

        assertThat(second.helps()).hasSize(1);
        assertThat(second.meter().open()).isEmpty();
        assertThat(second.observe(StrategyWeights.INITIAL).meanHelp(Strategy.WEAKEST_SKILL))
                .isGreaterThan(0);
    }
}
