package dev.devmentor.learning.engine.plan;

import static dev.devmentor.learning.engine.plan.Cards.TODAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devmentor.learning.engine.schedule.Fsrs6;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReviewOrderTest {
    private static final List<PlannedCard> CARDS = List.of(
            card("a", "java", TODAY - 1, 10, 8),
            card("b", "sql", TODAY - 20, 100, 3),
            card("c", "git", TODAY, 2, Double.NaN),
            card("d", "java", TODAY - 6, 3, 5));

    private static PlannedCard card(String item, String skill, int due, int interval, double difficulty) {
        return new PlannedCard(
                item,
                item,
                List.of(skill),
                due,
                due - interval,
                interval,
                3,
                0,
                difficulty,
                0.9,
                elapsed -> Fsrs6.DEFAULT.retrievability(interval, elapsed));
    }

    private static String order(ReviewOrder order) {
        Map<String, Double> weakness = Map.of("java", 0.2, "sql", 0.9, "git", 0.5);
        List<PlannedCard> cards = new ArrayList<>(CARDS);
        cards.sort(order.comparator(TODAY, card -> weakness.get(card.skills().getFirst()), 5));
        StringBuilder items = new StringBuilder();
        cards.forEach(card -> items.append(card.item()));
        return items.toString();
    }

    @Test
    void eachOrderIsWhatItsNameSays() {
        assertThat(order(ReviewOrder.DUE_DATE)).isEqualTo("bdac");
        assertThat(order(ReviewOrder.RELATIVE_OVERDUENESS)).isEqualTo("dbac");
        assertThat(order(ReviewOrder.RECALL_ASCENDING)).isEqualTo("dbac");
        assertThat(order(ReviewOrder.RECALL_DESCENDING)).isEqualTo("cabd");
        assertThat(order(ReviewOrder.DIFFICULTY_ASCENDING)).isEqualTo("bdac");
        assertThat(order(ReviewOrder.DIFFICULTY_DESCENDING)).isEqualTo("adbc");
        assertThat(order(ReviewOrder.SKILL_WEAKNESS)).isEqualTo("bcad");
    }

    @Test
    void chanceIsTheSameEveryTimeAndAnotherUnderAnotherSeed() {
        List<PlannedCard> cards = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            cards.add(Cards.card("card-" + i, TODAY, 5));
        }
        List<PlannedCard> one = cards.stream()
                .sorted(ReviewOrder.RANDOM.comparator(TODAY, _ -> 0, 1))
                .toList();
        List<PlannedCard> again = Cards.shuffled(cards, 9).stream()
                .sorted(ReviewOrder.RANDOM.comparator(TODAY, _ -> 0, 1))
                .toList();
        List<PlannedCard> two = cards.stream()
                .sorted(ReviewOrder.RANDOM.comparator(TODAY, _ -> 0, 2))
                .toList();
        assertThat(again).isEqualTo(one);
        assertThat(two).isNotEqualTo(one);
        assertThat(one).isNotEqualTo(cards);
    }

    @Test
    void aNameIsOneOfThoseListed() {
        for (ReviewOrder order : ReviewOrder.values()) {
            assertThat(ReviewOrder.ofWireName(order.wireName())).isEqualTo(order);
        }
        assertThatThrownBy(() -> ReviewOrder.ofWireName("none"))
                .hasMessage("an order is one of due-date, recall-ascending, recall-descending, relative-overdueness,"
                        + " difficulty-ascending, difficulty-descending, skill-weakness, random");
    }
}
