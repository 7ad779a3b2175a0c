package dev.devmentor.learning.engine.plan;

import static dev.devmentor.learning.engine.plan.Cards.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.learning.engine.plan.QueueOrder.Queue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QueueOrderTest {
    private static final List<PlannedCard> DUE = List.of(
            card("n1-a", "n1", TODAY),
            card("n1-b", "n1", TODAY - 3),
            card("n2-a", "n2", TODAY - 1),
            card("n3-a", "n3", TODAY - 2),
            card("n3-b", "n3", TODAY - 2));

    private static PlannedCard card(String item, String group, int due) {
        return Cards.card(item, group, List.of("java"), due, 10);
    }

    private static Queue queue(int perDay, boolean bury, int done, Set<String> groupsDone) {
        return new QueueOrder(ReviewOrder.DUE_DATE, perDay, bury, 0).queue(DUE, TODAY, done, groupsDone, _ -> 0);
    }

    private static List<String> items(List<PlannedCard> cards) {
        return cards.stream().map(PlannedCard::item).toList();
    }

    @Test
    void withoutOptionsEverythingComesLongestDueFirst() {
        Queue queue = QueueOrder.DEFAULT.queue(DUE, TODAY, 500, Set.of("n1"), _ -> 0);

        assertThat(items(queue.shown())).containsExactly("n1-b", "n3-a", "n3-b", "n2-a", "n1-a");
        assertThat(queue.buried()).isEmpty();
        assertThat(queue.overLimit()).isEmpty();
    }

    @Test
    void onlyTheFirstOfAGroupComesOnADay() {
        Queue queue = queue(QueueOrder.UNLIMITED, true, 0, Set.of());

        assertThat(items(queue.shown())).containsExactly("n1-b", "n3-a", "n2-a");
        assertThat(items(queue.buried())).containsExactly("n3-b", "n1-a");
    }

    @Test
    void anAnswerOfTodayBuriesItsSiblings() {
        assertThat(items(queue(QueueOrder.UNLIMITED, true, 1, Set.of("n3")).shown()))
                .containsExactly("n1-b", "n2-a");
    }

    @Test
    void theDailyLimitCountsWhatWasDoneToday() {
        Queue queue = queue(4, true, 2, Set.of());

        assertThat(items(queue.shown())).containsExactly("n1-b", "n3-a");
        assertThat(items(queue.overLimit())).as("a buried card takes no place").containsExactly("n2-a");
        assertThat(queue(4, false, 9, Set.of()).shown()).isEmpty();
        assertThat(queue(0, true, 0, Set.of()).shown()).isEmpty();
    }

    @Test
    void whatFailedTodayComesBackWhateverTheLimitAndItsSiblings() {
        PlannedCard failed = new PlannedCard("n1-c", "n1", List.of(), TODAY, TODAY, 0, 3, 1, 5, 0.9, _ -> 0.9);
        List<PlannedCard> due = new ArrayList<>(DUE);
        due.add(failed);

        Queue queue = new QueueOrder(ReviewOrder.DUE_DATE, 1, true, 0).queue(due, TODAY, 1, Set.of("n1"), _ -> 0);

        assertThat(items(queue.shown())).containsExactly("n1-c");
        assertThat(items(queue.buried())).containsExactly("n1-b", "n3-b", "n1-a");
        assertThat(items(queue.overLimit())).containsExactly("n3-a", "n2-a");
    }

    @Test
    void everyCardIsInExactlyOneOfTheThreeLists() {
        SplittableRandom random = new SplittableRandom(57);
        for (int round = 0; round < 300; round++) {
            List<PlannedCard> due = Cards.random(random, 40, TODAY - 20, TODAY).stream()
                    .map(card -> Cards.card(
                            card.item(), "group-" + random.nextInt(15), List.of(), card.dueDay(), card.intervalDays()))
                    .toList();
            int limit = random.nextInt(20);
            Queue queue = new QueueOrder(ReviewOrder.RELATIVE_OVERDUENESS, limit, true, 0)
                    .queue(due, TODAY, 3, Set.of("group-1"), _ -> 0);

            assertThat(queue.shown().size()
                            + queue.buried().size()
                            + queue.overLimit().size())
                    .isEqualTo(40);
            assertThat(queue.shown().size()).isLessThanOrEqualTo(Math.max(0, limit - 3));
            assertThat(queue.shown())
                    .extracting(PlannedCard::group)
                    .doesNotHaveDuplicates()
                    .doesNotContain("group-1");
        }
    }
}
