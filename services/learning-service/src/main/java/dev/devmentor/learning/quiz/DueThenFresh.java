package dev.devmentor.learning.quiz;

import dev.devmentor.learning.bank.Question;
import dev.devmentor.learning.bank.QuestionBank;
import dev.devmentor.learning.bank.Skill;
import dev.devmentor.learning.card.Card;
import dev.devmentor.learning.card.CardKey;
import dev.devmentor.learning.card.CardTable;
import dev.devmentor.learning.card.Predictor;
import dev.devmentor.learning.engine.card.CardState;
import dev.devmentor.learning.learner.Learner;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Due questions first, longest due first; then those that were not asked for two weeks, spread over the skills, each as near
 * to the wanted success as there is one. What was asked more recently comes only where nothing else is left. How likely a
 * right answer is follows from the question's difficulty and, where it was answered before, from the predicted recall.
 */
@ApplicationScoped
class DueThenFresh {
    static final String DUE_REVIEW = "due-review";
    static final String OPTIMAL_CHALLENGE = "optimal-challenge";
    static final String EXPLORATION = "interleaved-exploration";

    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final long RECENT = 14 * MICROS_PER_DAY;
    /** A question of a skill that has one already may be so much nearer to the wanted success. */
    private static final double WORTH_OF_ANOTHER_SKILL = 0.3;

    private final CardTable cards;
    private final ShippedBank bank;

    DueThenFresh(CardTable cards, ShippedBank bank) {
        this.cards = cards;
        this.bank = bank;
    }

    private record Candidate(Question question, @Nullable CardState state, double success, long tie) {
        String mainSkill() {
            return question.skills().isEmpty() ? "" : question.skills().getFirst();
        }
    }

    List<QuestionChoice.Chosen> choose(
            Connection connection,
            Learner learner,
            Predictor predictor,
            List<Question> pool,
            QuestionChoice.Wanted wanted)
            throws SQLException {
        Map<CardKey, Card> known = cards.find(
                connection,
                pool.stream()
                        .map(question -> new CardKey(learner.id(), ShippedBank.ITEM + question.id()))
                        .toList());
        List<Candidate> due = new ArrayList<>();
        List<Candidate> fresh = new ArrayList<>();
        List<Candidate> recent = new ArrayList<>();
        for (Question question : pool) {
            Card card = known.get(new CardKey(learner.id(), ShippedBank.ITEM + question.id()));
            CardState state = card == null ? null : card.state();
            Candidate candidate = candidate(question, predictor, state, wanted);
            if (state == null || !state.isReviewed()) {
                fresh.add(candidate);
            } else if (state.isDue(wanted.atMicros())) {
                due.add(candidate);
            } else if (!state.suspended()) {
                (wanted.atMicros() - state.lastAtMicros() < RECENT ? recent : fresh).add(candidate);
            }
        }
        List<QuestionChoice.Chosen> chosen = new ArrayList<>();
        Map<String, Integer> bySkill = new HashMap<>();
        boolean dueFirst = wanted.strategy() == null || wanted.strategy().equals(DUE_REVIEW);
        if (dueFirst) {
            due.sort(Comparator.<Candidate>comparingLong(candidate ->
                            Objects.requireNonNull(candidate.state()).dueAtMicros())
                    .thenComparing(candidate -> candidate.question().id()));
            due.stream().limit(wanted.size()).forEach(candidate -> {
                bySkill.merge(candidate.mainSkill(), 1, Integer::sum);
                chosen.add(new QuestionChoice.Chosen(
                        candidate.question(), DUE_REVIEW, whyDue(candidate, wanted.atMicros())));
            });
        } else {
            fresh.addAll(due);
        }
        fill(chosen, bySkill, fresh, wanted);
        fill(chosen, bySkill, recent, wanted);
        return chosen;
    }

    private static Candidate candidate(
            Question question, Predictor predictor, @Nullable CardState state, QuestionChoice.Wanted wanted) {
        double success = state == null || !state.isReviewed()
                ? 1 - question.difficulty()
                : predictor.recall(state, wanted.atMicros());
        return new Candidate(
                question, state, success, mixed(wanted.seed() ^ question.id().hashCode()));
    }

    /** One after the other the best that is left: a skill with few so far, success near the target. */
    private void fill(
            List<QuestionChoice.Chosen> chosen,
            Map<String, Integer> bySkill,
            List<Candidate> from,
            QuestionChoice.Wanted wanted) {
        List<Candidate> left = new ArrayList<>(from);
        double spread = EXPLORATION.equals(wanted.strategy())
                ? 10
                : OPTIMAL_CHALLENGE.equals(wanted.strategy()) ? 0 : WORTH_OF_ANOTHER_SKILL;
        while (chosen.size() < wanted.size() && !left.isEmpty()) {
            Candidate best = left.getFirst();
            for (Candidate candidate : left) {
                int byCost =
                        Double.compare(cost(candidate, bySkill, wanted, spread), cost(best, bySkill, wanted, spread));
                if (byCost < 0 || (byCost == 0 && candidate.tie() < best.tie())) {
                    best = candidate;
                }
            }
            left.remove(best);
            boolean firstOfItsSkill = !bySkill.containsKey(best.mainSkill());
            bySkill.merge(best.mainSkill(), 1, Integer::sum);
            String strategy = wanted.strategy() == null || wanted.strategy().equals(DUE_REVIEW)
                    ? firstOfItsSkill ? EXPLORATION : OPTIMAL_CHALLENGE
                    : wanted.strategy();
            chosen.add(new QuestionChoice.Chosen(best.question(), strategy, whyFresh(best, wanted)));
        }
    }

    private static double cost(
            Candidate candidate, Map<String, Integer> bySkill, QuestionChoice.Wanted wanted, double spread) {
        return spread * bySkill.getOrDefault(candidate.mainSkill(), 0)
                + Math.abs(candidate.success() - wanted.pacing().targetSuccess());
    }

    private static String whyDue(Candidate candidate, long atMicros) {
        long days = (atMicros - Objects.requireNonNull(candidate.state()).dueAtMicros()) / MICROS_PER_DAY;
        return days == 0 ? "it is due for review" : "it has been due for " + days + (days == 1 ? " day" : " days");
    }

    private String whyFresh(Candidate candidate, QuestionChoice.Wanted wanted) {
        QuestionBank shipped = bank.get();
        Skill skill = shipped.skill(candidate.mainSkill());
        CardState state = candidate.state();
        String asked = state == null || !state.isReviewed()
                ? "you have not been asked this yet"
                : "you were last asked this "
                        + (wanted.atMicros() - state.lastAtMicros()) / MICROS_PER_DAY
                        + " days ago";
        return String.format(
                Locale.ROOT,
                "%s; it is about %s, and a right answer is about %.0f %% likely",
                asked,
                skill == null ? candidate.mainSkill() : "“" + skill.name() + "”",
                candidate.success() * 100);
    }

    /** SplitMix64's finaliser (G. Steele et al., "Fast splittable pseudorandom number generators", 2014). */
    static long mixed(long value) {
        long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
