package dev.devmentor.learning.engine.plan;

import dev.devmentor.learning.engine.schedule.Fsrs6;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** Cards for tests. Their recall is that of FSRS-6 with the stability equal to the interval, so that it is 0.9 when due. */
final class Cards {
    static final int TODAY = 20_000; // a Friday

    private Cards() {}

    static PlannedCard card(String item, int dueDay, int intervalDays) {
        return card(item, item, List.of("java"), dueDay, intervalDays);
    }

    static PlannedCard card(String item, String group, List<String> skills, int dueDay, int intervalDays) {
        return new PlannedCard(
                item,
                group,
                skills,
                dueDay,
                dueDay - intervalDays,
                intervalDays,
                5,
                0,
                5.0,
                0.9,
                elapsed -> Fsrs6.DEFAULT.retrievability(Math.max(1, intervalDays), elapsed));
    }

    /** Cards of which each was answered before today, so that those due later have long enough intervals. */
    static List<PlannedCard> random(SplittableRandom random, int count, int fromDueDay, int toDueDay) {
        List<PlannedCard> cards = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int due = random.nextInt(fromDueDay, toDueDay + 1);
            int least = Math.max(1, due - TODAY + 1);
            int interval = least + (int) (random.nextDouble() * random.nextDouble() * 200);
            cards.add(card("card-%04d".formatted(i), due, interval));
        }
        return cards;
    }

    static List<PlannedCard> shuffled(List<PlannedCard> cards, long seed) {
        List<PlannedCard> copy = new ArrayList<>(cards);
        Collections.shuffle(copy, new Random(seed));
        return copy;
    }

    static int load(Plan plan, int day) {
        return plan.load().stream()
                .filter(load -> load.day() == day)
                .findFirst()
                .map(DayLoad::after)
                .orElse(0);
    }

    static PlannedCard byItem(List<PlannedCard> cards, String item) {
        return cards.stream()
                .filter(card -> card.item().equals(item))
                .findFirst()
                .orElseThrow();
    }
}
