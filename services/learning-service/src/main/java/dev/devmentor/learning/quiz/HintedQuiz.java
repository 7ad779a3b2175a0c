package dev.devmentor.learning.quiz;

import dev.devmentor.learning.bank.Question;
import dev.devmentor.learning.card.Card;
import dev.devmentor.learning.card.CardKey;
import dev.devmentor.learning.card.CardTable;
import dev.devmentor.learning.engine.card.CardState;
import dev.devmentor.learning.engine.hint.HintedOrder;
import dev.devmentor.learning.engine.hint.HintedOrder.Room;
import dev.devmentor.learning.hint.ActingHints;
import dev.devmentor.learning.hint.HintNote;
import dev.devmentor.learning.hint.UseHints;
import dev.devmentor.learning.learner.Learner;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Lets hints change a quiz. */
@ApplicationScoped
class HintedQuiz {
    /** The strategy of a question that nothing but a hint brought in. */
    static final String STRATEGY = "hint";

    /** Due ones first; then those never met; then the others. Of each those first that were answered longest ago. */
    private static final Comparator<HintedOrder.Question> BEST_FIRST = Comparator.comparing(
                    (HintedOrder.Question question) -> !question.due())
            .thenComparingLong(HintedOrder.Question::lastMicros)
            .thenComparing(HintedOrder.Question::item);

    private final UseHints hints;
    private final CardTable cards;

    HintedQuiz(UseHints hints, CardTable cards) {
        this.hints = hints;
        this.cards = cards;
    }

    /**
     * How large the quiz may be.
     *
     * @param questions at most
     * @param seconds at most; infinite if nobody counts them
     * @param pace how long the learner takes, as a multiple of what a question says
     */
    record Bounds(int questions, double seconds, double pace) {}

    ActingHints acting(Connection connection, Learner learner, long nowMicros) throws SQLException {
        return hints.acting(connection, learner, nowMicros);
    }

    /**
     * The questions of a quiz as hints put them.
     *
     * @param chosen without hints
     * @param pool of the bank, from which questions may come in; empty if none may
     */
    List<AskedQuestion> arrange(
            Connection connection,
            Learner learner,
            ActingHints acting,
            List<AskedQuestion> chosen,
            List<Question> pool,
            Bounds bounds,
            long nowMicros,
            long seed)
            throws SQLException {
        if (acting.pairs().isEmpty()) {
            return chosen;
        }
        Map<String, AskedQuestion> asked = LinkedHashMap.newLinkedHashMap(chosen.size());
        chosen.forEach(question -> asked.put(question.item(), question));
        Map<String, Question> others = LinkedHashMap.newLinkedHashMap(pool.size());
        Set<String> items = acting.items();
        Set<String> skills = acting.skills();
        for (Question question : pool) {
            String item = ShippedBank.ITEM + question.id();
            boolean named =
                    items.contains(item) || skills.contains(question.skills().getFirst());
            if (named && !asked.containsKey(item)) {
                others.put(item, question);
            }
        }
        Map<CardKey, Card> known = cards(connection, learner, asked.keySet(), others.keySet());
        List<HintedOrder.Question> first = new ArrayList<>();
        asked.forEach(
                (item, question) -> first.add(question(item, question.question(), known, learner, bounds, nowMicros)));
        List<HintedOrder.Question> further = new ArrayList<>();
        others.forEach((item, question) -> {
            Card card = known.get(new CardKey(learner.id(), item));
            if (card == null || !card.state().suspended()) {
                further.add(question(item, question, known, learner, bounds, nowMicros));
            }
        });
        further.sort(BEST_FIRST);
        List<AskedQuestion> arranged = new ArrayList<>();
        for (UseHints.Hinted hinted : hints.arrange(
                connection,
                learner,
                acting,
                nowMicros,
                first,
                further,
                true,
                new Room(bounds.questions(), bounds.seconds()))) {
            HintNote note = hinted.note();
            AskedQuestion question = asked.get(hinted.item());
            if (question == null) {
                boolean due = further.stream()
                        .anyMatch(other -> other.due() && other.item().equals(hinted.item()));
                question = AskedQuestion.of(
                        hinted.item(),
                        Objects.requireNonNull(others.get(hinted.item())),
                        seed,
                        due ? DueThenFresh.DUE_REVIEW : STRATEGY,
                        Objects.requireNonNull(note).sentence());
            }
            arranged.add(note == null ? question : question.with(note));
        }
        return arranged;
    }

    private Map<CardKey, Card> cards(Connection connection, Learner learner, Set<String> asked, Set<String> others)
            throws SQLException {
        Set<CardKey> keys = new HashSet<>();
        asked.forEach(item -> keys.add(new CardKey(learner.id(), item)));
        others.forEach(item -> keys.add(new CardKey(learner.id(), item)));
        return cards.find(connection, keys);
    }

    private static HintedOrder.Question question(
            String item, Question question, Map<CardKey, Card> known, Learner learner, Bounds bounds, long nowMicros) {
        Card card = known.get(new CardKey(learner.id(), item));
        CardState met = card != null && card.state().isReviewed() ? card.state() : null;
        return new HintedOrder.Question(
                item,
                question.skills(),
                met != null && met.isDue(nowMicros),
                false,
                met != null ? met.lastAtMicros() : HintedOrder.NEVER,
                question.seconds() * bounds.pace());
    }
}
