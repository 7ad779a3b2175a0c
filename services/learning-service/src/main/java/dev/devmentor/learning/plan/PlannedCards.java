package dev.devmentor.learning.plan;

import dev.devmentor.learning.card.Card;
import dev.devmentor.learning.engine.card.CardState;
import dev.devmentor.learning.engine.card.LearnerSettings;
import dev.devmentor.learning.engine.card.LocalDays;
import dev.devmentor.learning.engine.plan.ExpectedRecall;
import dev.devmentor.learning.engine.plan.PlannedCard;
import dev.devmentor.learning.engine.schedule.Fsrs6Memory;
import dev.devmentor.learning.engine.schedule.Fsrs7Memory;
import dev.devmentor.learning.engine.schedule.Models;
import dev.devmentor.learning.engine.schedule.Scheduler;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * The cards of a learner as planning sees them: those that were answered, are due some day and are not suspended, in days
 * of the learner under the settings in force.
 */
final class PlannedCards {
    private static final double LEAST_WANTED = 0.5;
    private static final double MOST_WANTED = 0.99;

    /** What is done with suspended cards. */
    enum Suspended {
        LEFT_OUT,
        INCLUDED
    }

    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private final Models models;
    private final ZoneId zone;
    private final int rolloverHour;
    private final int today;
    private final List<PlannedCard> all = new ArrayList<>();
    private final Map<String, Card> byItem = new HashMap<>();

    /**
     * @param groups sibling groups by item; an item that is not among them has no siblings
     */
    PlannedCards(
            Collection<Card> cards,
            LearnerSettings settings,
            Models models,
            Map<String, String> groups,
            long nowMicros) {
        this(cards, settings, models, groups, nowMicros, Suspended.LEFT_OUT);
    }

    PlannedCards(
            Collection<Card> cards,
            LearnerSettings settings,
            Models models,
            Map<String, String> groups,
            long nowMicros,
            Suspended suspended) {
        this.models = models;
        zone = ZoneId.of(settings.zone());
        rolloverHour = settings.rolloverHour();
        today = today(settings, nowMicros);
        for (Card card : cards) {
            CardState state = card.state();
            if (state.isReviewed()
                    && (suspended == Suspended.INCLUDED || !state.suspended())
                    && state.dueAtMicros() != CardState.NOT_DUE) {
                all.add(planned(card, settings, groups));
                byItem.put(card.key().item(), card);
            }
        }
    }

    /** Those of somebody who is not known yet. */
    static PlannedCards none(long nowMicros) {
        return new PlannedCards(List.of(), LearnerSettings.DEFAULT, Models.DEFAULT, Map.of(), nowMicros);
    }

    /** The learner's day. */
    static int today(LearnerSettings settings, long nowMicros) {
        return LocalDays.localDay(nowMicros, ZoneId.of(settings.zone()), settings.rolloverHour());
    }

    List<PlannedCard> all() {
        return all;
    }

    int today() {
        return today;
    }

    /** The card behind one of {@link #all}. */
    Card card(PlannedCard planned) {
        Card card = byItem.get(planned.item());
        if (card == null) {
            throw new IllegalArgumentException("not one of these cards");
        }
        return card;
    }

    /** When a day of the learner begins. */
    long startMicros(int day) {
        return LocalDays.dueAtMicros(day, 0, zone, rolloverHour);
    }

    /** Recall after reviews to come, by the model that predicts the card's recall otherwise too. */
    double recallAfter(PlannedCard planned, int[] reviewDays, int day) {
        CardState state = card(planned).state();
        Fsrs6Memory fsrs6 = state.fsrs6();
        Fsrs7Memory fsrs7 = state.fsrs7();
        if (fsrs6 == null || fsrs7 == null) {
            throw new IllegalStateException("a card that was answered has no memory");
        }
        return state.scheduledBy() == Scheduler.FSRS6
                ? ExpectedRecall.by(models.fsrs6()).on(fsrs6, planned.lastDay(), reviewDays, day)
                : ExpectedRecall.by(models.fsrs7()).on(fsrs7, planned.lastDay(), reviewDays, day);
    }

    /** Weakness of a card's weakest skill: how much of the cards of that skill is probably forgotten today, 0 to 1. */
    ToDoubleFunction<PlannedCard> weakness() {
        Map<String, Double> recall = recallBySkill();
        return card -> {
            double weakest = 0;
            for (String skill : card.skills()) {
                weakest = Math.max(weakest, 1 - recall.getOrDefault(skill, 1.0));
            }
            return weakest;
        };
    }

    /** Mean recall today of the cards of each skill that has any. */
    Map<String, Double> recallBySkill() {
        Map<String, double[]> sums = new TreeMap<>();
        for (PlannedCard card : all) {
            double recall = card.recallOn(today);
            for (String skill : card.skills()) {
                double[] sum = sums.computeIfAbsent(skill, _ -> new double[2]);
                sum[0] += recall;
                sum[1]++;
            }
        }
        Map<String, Double> means = new HashMap<>();
        sums.forEach((skill, sum) -> means.put(skill, sum[0] / sum[1]));
        return means;
    }

    private PlannedCard planned(Card card, LearnerSettings settings, Map<String, String> groups) {
        CardState state = card.state();
        String item = card.key().item();
        return new PlannedCard(
                item,
                groups.getOrDefault(item, item),
                card.skills(),
                LocalDays.localDay(state.dueAtMicros(), zone, rolloverHour),
                state.lastLocalDay(),
                state.scheduledDays(),
                state.answers(),
                state.lapses(),
                state.difficulty(),
                wanted(state, settings),
                elapsed -> recall(state, elapsed));
    }

    /** SM-2 wants no retention: what it aims at is the recall that its own interval leads to. */
    private double wanted(CardState state, LearnerSettings settings) {
        double wanted = settings.desiredRetention();
        if (state.scheduledBy() == Scheduler.SM2) {
            wanted = recall(state, Math.max(1, state.scheduledDays()));
        } else if (state.scheduledRetention() > 0) {
            wanted = state.scheduledRetention();
        }
        return Math.clamp(wanted, LEAST_WANTED, MOST_WANTED);
    }

    private double recall(CardState state, double elapsedDays) {
        return state.retrievability(models, state.lastAtMicros() + (long) (elapsedDays * MICROS_PER_DAY));
    }
}
