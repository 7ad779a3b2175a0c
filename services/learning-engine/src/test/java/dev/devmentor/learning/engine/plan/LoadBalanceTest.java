package dev.devmentor.learning.engine.plan;

import static dev.devmentor.learning.engine.plan.Cards.TODAY;
import static dev.devmentor.learning.engine.plan.Cards.card;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LoadBalanceTest {
    private static final LoadBalance PLAIN = new LoadBalance(EasyDays.NONE, 36_500);
    private static final EasyDays WEEKEND = new EasyDays(List.of(1.0, 1.0, 1.0, 1.0, 1.0, 0.5, 0.0), Map.of());

    @Test
    void theDayWithNothingToDoIsTakenAlmostAlways() {
        int chosen = 0;
        for (int i = 0; i < 1_000; i++) {
            int days = PLAIN.days("card-" + i, 3, TODAY, 20, day -> day == TODAY + 18 ? 0 : 50, List.of());
            if (days == 18) {
                chosen++;
            }
        }
        assertThat(chosen).isGreaterThan(990);
    }

    @Test
    void withEqualDaysTheMeanIntervalIsTheWantedOne() {
        double sum = 0;
        for (int i = 0; i < 20_000; i++) {
            sum += PLAIN.days("card-" + i, 3, TODAY, 40, _ -> 10, List.of());
        }
        assertThat(sum / 20_000).isBetween(39.9, 40.1);
    }

    @Test
    void loadsBecomeMuchMoreEvenThanByFuzzAlone() {
        Map<Integer, Integer> fuzzed = new HashMap<>();
        Map<Integer, Integer> balanced = new HashMap<>();
        SplittableRandom random = new SplittableRandom(43);
        for (int i = 0; i < 6_000; i++) {
            int lastDay = TODAY + random.nextInt(40) / 10 * 10; // answered on every tenth day only
            double interval = 25 + 3 * random.nextDouble();
            fuzzed.merge(lastDay + Fuzz.days("card-" + i, 1, interval, 36_500), 1, Integer::sum);
            int to = lastDay
                    + PLAIN.days("card-" + i, 1, lastDay, interval, day -> balanced.getOrDefault(day, 0), List.of());
            balanced.merge(to, 1, Integer::sum);
        }
        int fullestFuzzed = fuzzed.values().stream().max(Integer::compare).orElseThrow();
        int fullestBalanced = balanced.values().stream().max(Integer::compare).orElseThrow();
        assertThat(fullestBalanced).isLessThan(fullestFuzzed);
    }

    @Test
    void inTheLongRunADayGetsAShareInProportionToItsWeight() {
        Map<Integer, Integer> load = new HashMap<>();
        LoadBalance balance = new LoadBalance(WEEKEND, 36_500);
        SplittableRandom random = new SplittableRandom(44);
        for (int i = 0; i < 40_000; i++) {
            int lastDay = TODAY + random.nextInt(140);
            double interval = 20 + 40 * random.nextDouble();
            int to = lastDay
                    + balance.days("card-" + i, 1, lastDay, interval, day -> load.getOrDefault(day, 0), List.of());
            load.merge(to, 1, Integer::sum);
        }
        double[] weekdays = new double[7];
        for (int day = TODAY + 60; day < TODAY + 60 + 70; day++) {
            weekdays[Math.floorMod(day + 3, 7)] += load.getOrDefault(day, 0) / 10.0;
        }
        double normal = (weekdays[0] + weekdays[1] + weekdays[2] + weekdays[3] + weekdays[4]) / 5;
        assertThat(weekdays[5] / normal).as("Saturday, half the work").isBetween(0.42, 0.58);
        assertThat(weekdays[6] / normal).as("Sunday, free").isLessThan(0.02);
    }

    @Test
    void aSiblingsDayIsAvoidedAndADayFurtherAwayIsBetter() {
        Map<Integer, Integer> chosen = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            int days = PLAIN.days("card-" + i, 2, TODAY, 10, _ -> 5, List.of(TODAY + 10));
            chosen.merge(Math.abs(days - 10), 1, Integer::sum);
        }
        assertThat(chosen.getOrDefault(0, 0)).isLessThan(5);
        assertThat(chosen.get(1)).isPositive();
        assertThat(chosen.get(2)).isPositive();
    }

    @Test
    void intervalsWithoutFuzzStayAsTheyAre() {
        assertThat(PLAIN.days("a", 1, TODAY, 2.2, day -> day == TODAY + 2 ? 1_000 : 0, List.of(TODAY + 2)))
                .isEqualTo(2);
        assertThat(new LoadBalance(EasyDays.NONE, 1).days("a", 1, TODAY, 30, _ -> 0, List.of()))
                .isEqualTo(1);
    }

    @Test
    void theChoiceIsAlwaysWithinTheFuzzAndTheSameEveryTime() {
        SplittableRandom random = new SplittableRandom(45);
        for (int i = 0; i < 20_000; i++) {
            double interval = 0.5 + random.nextDouble(200);
            int maximum = random.nextInt(1, 150);
            int salt = random.nextInt();
            LoadBalance balance = new LoadBalance(WEEKEND, maximum);
            List<Integer> siblings = List.of(TODAY + random.nextInt(200));
            int days = balance.days("c" + i, i, TODAY, interval, day -> Math.floorMod(day * salt, 30), siblings);
            assertThat(Fuzz.range(interval, maximum).contains(days)).isTrue();
            assertThat(balance.days("c" + i, i, TODAY, interval, day -> Math.floorMod(day * salt, 30), siblings))
                    .isEqualTo(days);
        }
    }

    @Test
    void evensOutAPeakWithinTheFuzz() {
        List<PlannedCard> cards = new ArrayList<>();
        for (int i = 0; i < 90; i++) {
            cards.add(card("card-" + i, TODAY + 20, 40)); // 36 to 44 days: nine days from TODAY + 16 on
        }

        Plan plan = PLAIN.plan(cards, TODAY, 60);

        for (int day = TODAY + 16; day <= TODAY + 24; day++) {
            assertThat(Cards.load(plan, day)).isEqualTo(10);
        }
        assertThat(plan.moves()).hasSize(80);
    }

    @Test
    void noDayGetsMoreThanTheFullestHadAndNoCardLeavesItsFuzz() {
        SplittableRandom random = new SplittableRandom(46);
        for (int round = 0; round < 100; round++) {
            List<PlannedCard> cards = Cards.random(random, 200, TODAY - 5, TODAY + 25);
            Plan plan = PLAIN.plan(cards, TODAY, 30);

            int fullest = plan.load().stream().mapToInt(DayLoad::before).max().orElse(0);
            assertThat(plan.load()).allMatch(load -> load.after() <= fullest);
            assertThat(plan.load().stream().mapToInt(DayLoad::before).sum())
                    .isEqualTo(plan.load().stream().mapToInt(DayLoad::after).sum());
            for (Move move : plan.moves()) {
                PlannedCard card = Cards.byItem(cards, move.item());
                assertThat(move.fromDay()).isEqualTo(card.dueDay()).isGreaterThan(TODAY);
                assertThat(move.toDay()).isGreaterThan(TODAY).isNotEqualTo(move.fromDay());
                assertThat(Fuzz.range(card.intervalDays(), 36_500).contains(move.toDay() - card.lastDay()))
                        .isTrue();
            }
            assertThat(PLAIN.plan(Cards.shuffled(cards, round), TODAY, 30)).isEqualTo(plan);
        }
    }

    @Test
    void siblingsThatDoNotMeetDoNotMeetAfterwards() {
        SplittableRandom random = new SplittableRandom(47);
        List<PlannedCard> cards = new ArrayList<>();
        for (int note = 0; note < 100; note++) {
            int due = TODAY + random.nextInt(2, 12);
            for (int i = 0; i < 3; i++) {
                cards.add(card("n" + note + "-" + i, "n" + note, List.of(), due + i, 30));
            }
        }
        Plan plan = PLAIN.plan(cards, TODAY, 40);

        Map<String, Integer> days = plan.moves().stream().collect(Collectors.toMap(Move::item, Move::toDay));
        assertThat(days).isNotEmpty();
        Set<String> seen = new HashSet<>();
        for (PlannedCard card : cards) {
            assertThat(seen.add(card.group() + "@" + days.getOrDefault(card.item(), card.dueDay())))
                    .isTrue();
        }
    }

    @Test
    void freeDaysBecomeFreeAsFarAsTheFuzzReaches() {
        List<PlannedCard> cards = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            cards.add(card("card-" + i, TODAY + 10 + i % 7, 40));
        }
        cards.add(card("short", TODAY + 2, 2)); // 2 days have no fuzz; TODAY + 2 is a Sunday

        Plan plan = new LoadBalance(WEEKEND, 36_500).plan(cards, TODAY, 60);

        assertThat(WEEKEND.weight(TODAY + 2)).isZero();
        for (DayLoad load : plan.load()) {
            if (WEEKEND.weight(load.day()) == 0) {
                assertThat(load.after()).isEqualTo(load.day() == TODAY + 2 ? 1 : 0);
            }
        }
    }
}
