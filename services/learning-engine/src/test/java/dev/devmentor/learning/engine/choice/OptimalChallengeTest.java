package dev.devmentor.learning.engine.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.devmentor.learning.engine.choice.OptimalChallenge.Candidate;
import dev.devmentor.learning.engine.choice.OptimalChallenge.Choice;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptimalChallengeTest {

    private static final OptimalChallenge CHALLENGE = OptimalChallenge.DEFAULT;

    @Test
    void choosesTheNearestToTheTarget() {
        Choice choice = CHALLENGE.choose("sql", List.of(item("a", 0.9), item("b", 0.74), item("c", 0.6)));
        assertThat(choice.chosen()).isEqualTo(item("b", 0.74));
        assertThat(choice.offLogits()).isEqualTo(-0.05264, within(1e-4));
        assertThat(choice.missing()).isNull();
    }

    @Test
    void ofEquallyNearOnesTheSmallerIdWinsWhateverTheOrder() {
        assertThat(CHALLENGE
                        .choose("sql", List.of(item("b", 0.75), item("a", 0.75)))
                        .chosen())
                .isEqualTo(item("a", 0.75));
        assertThat(CHALLENGE
                        .choose("sql", List.of(item("a", 0.75), item("b", 0.75)))
                        .chosen())
                .isEqualTo(item("a", 0.75));
    }

    @Test
    void asksForHarderItemsWhereAllAreTooEasy() {
        Choice choice = CHALLENGE.choose("sql", List.of(item("a", 0.9), item("b", 0.95)));
        assertThat(choice.chosen()).isEqualTo(item("a", 0.9));
        // logit(.9) = 2.1972 at difficulty -2.1972; the target lies at -1.0986
        assertThat(choice.missing().skill()).isEqualTo("sql");
        assertThat(choice.missing().from()).isEqualTo(-1.0986 - 0.27, within(1e-4));
        assertThat(choice.missing().to()).isEqualTo(-1.0986 + 0.27, within(1e-4));
        assertThat(choice.missing().reason()).isEqualTo("the nearest unasked item of skill sql is too easy");
    }

    @Test
    void asksForAnyItemWhereNoneIsLeft() {
        Choice choice = CHALLENGE.choose("sql", List.of());
        assertThat(choice.chosen()).isNull();
        assertThat(choice.missing().reason()).isEqualTo("no unasked item of skill sql is left");
    }

    @Test
    void findsTheDifficultyThatMeetsTheTarget() {
        assertThat(CHALLENGE.wantedDifficulty(b -> 1 / (1 + Math.exp(b - 0.4))))
                .isEqualTo(0.4 - Math.log(3), within(1e-5));
    }

    @Test
    void refusesATargetThatIsNoChance() {
        assertThatThrownBy(() -> new OptimalChallenge(1, 0.2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("target 1.0 with tolerance 0.2");
    }

    private static Candidate item(String id, double probability) {
        return new Candidate(id, "sql", -Math.log(probability / (1 - probability)), probability);
    }
}
