package dev.devmentor.learning.engine.plan;

import static dev.devmentor.learning.engine.plan.Cards.TODAY;
import static dev.devmentor.learning.engine.plan.Cards.card;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlannedCardTest {

    @Test
    void strainIsZeroWhenDueAndGrowsWithTheOddsOfForgetting() {
        PlannedCard card = card("a", TODAY, 30);

        assertThat(card.recallOn(TODAY)).isCloseTo(0.9, within(1e-12));
        assertThat(card.strainOn(TODAY)).isCloseTo(0, within(1e-12));
        assertThat(card.strainOn(TODAY - 30)).isEqualTo(-1);
        assertThat(card.strainOn(TODAY - 400)).as("before the last answer").isEqualTo(-1);
        double recall = card.recallOn(TODAY + 15);
        assertThat(card.strainOn(TODAY + 15)).isCloseTo((1 - recall) / recall * 9 - 1, within(1e-12));
    }

    @Test
    void strainGrowsDayByDay() {
        PlannedCard card = card("a", TODAY, 10);
        for (int day = TODAY - 10; day < TODAY + 500; day++) {
            assertThat(card.strainOn(day + 1)).isGreaterThan(card.strainOn(day));
        }
    }

    @Test
    void whatIsForgottenAltogetherHasAFiniteStrain() {
        PlannedCard gone = new PlannedCard("a", "a", List.of(), 0, 0, 1, 1, 0, Double.NaN, 0.9, _ -> 0);

        assertThat(gone.strainOn(5)).isFinite();
    }

    @Test
    void refusesNumbersThatCannotBe() {
        assertThatThrownBy(() -> new PlannedCard("a", "a", List.of(), 0, 0, -1, 1, 0, 5, 0.9, _ -> 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PlannedCard("a", "a", List.of(), 0, 0, 1, 1, 0, 5, 1, _ -> 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
