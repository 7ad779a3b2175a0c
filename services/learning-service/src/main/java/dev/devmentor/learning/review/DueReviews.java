package dev.devmentor.learning.review;

import dev.devmentor.kit.time.Micros;
import dev.devmentor.learning.LearningConfig;
import dev.devmentor.learning.card.Card;
import dev.devmentor.learning.card.CardTable;
import dev.devmentor.learning.card.CardView;
import dev.devmentor.learning.card.Predictor;
import dev.devmentor.learning.engine.card.CardState;
import dev.devmentor.learning.engine.card.Phase;
import dev.devmentor.learning.fit.Calibration;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.learner.Learners;
import dev.devmentor.learning.note.Note;
import dev.devmentor.learning.note.NoteTable;
import dev.devmentor.learning.plan.TodaysQueue;
import dev.devmentor.learning.task.Focus;
import dev.devmentor.learning.task.FocusTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a learner should review: first what an open task needs and is weak, then what is due, longest due first, at the
 * end a few notes that are offered as new cards. The list is a function of the log and of the time asked for; reading it
 * changes nothing.
 *
 * <p>Of this list comes what the learner's limit of a day leaves, and of sibling cards one a day, if the learner chose so.
 *
 * <p>A card is weak for a task if its last answer was wrong, or if its predicted recall falls below the wanted retention
 * within the task horizon.
 */
@ApplicationScoped
class DueReviews {
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final Comparator<Ranked> ORDER = Comparator.comparingInt(Ranked::rank)
            .thenComparingLong(Ranked::dueMicros)
            .thenComparing(Ranked::item);

    private final Learners learners;
    private final CardTable cards;
    private final FocusTable focus;
    private final NoteTable notes;
    private final Calibration calibration;
    private final TodaysQueue today;
    private final LearningConfig.Review config;

    DueReviews(
            Learners learners,
            CardTable cards,
            FocusTable focus,
            NoteTable notes,
            Calibration calibration,
            TodaysQueue today,
            LearningConfig config) {
        this.learners = learners;
        this.today = today;
        this.cards = cards;
        this.focus = focus;
        this.notes = notes;
        this.calibration = calibration;
        this.config = config.review();
    }

    private record Ranked(
            int rank,
            long dueMicros,
            String item,
            @Nullable Card card,
            @Nullable Focus task,
            @Nullable String taskSkill,
            @Nullable Note note) {}

    DueItem.Page page(
            Connection connection, String sub, Instant at, @Nullable String skill, int limit, @Nullable Cursor after)
            throws SQLException {
        Learner learner = learners.find(connection, sub);
        if (learner == null) {
            return new DueItem.Page(sub, at, 0, List.of(), null);
        }
        long atMicros = Micros.of(at);
        List<Focus> tasks = focus.of(connection, learner.id());
        Set<String> taskSkills = new TreeSet<>();
        tasks.forEach(task -> taskSkills.addAll(task.skills()));
        Predictor predictor = calibration.predictor(connection, learner);
        List<Ranked> all = new ArrayList<>();
        for (Card card : cards.dueOrOfSkills(connection, learner.id(), atMicros, taskSkills, skill)) {
            Ranked ranked = rank(card, tasks, learner, predictor, atMicros);
            if (ranked != null) {
                all.add(ranked);
            }
        }
        List<Note> offers = notes.offered(connection, learner.id(), atMicros, skill, config.offersShown());
        // What room the day has left takes a look at every answer; most lists offer nothing.
        int room = offers.isEmpty() ? 0 : today.roomForNew(connection, learner, atMicros);
        for (Note note : offers.subList(0, Math.min(room, offers.size()))) {
            all.add(new Ranked(2, note.updatedMicros(), note.item(), null, null, null, note));
        }
        all.sort(ORDER);
        all = today.of(connection, learner, atMicros, all, Ranked::item, ranked -> ranked.note() != null);
        List<Ranked> page = all.stream()
                .filter(ranked -> after == null || after.isBefore(ranked.rank(), ranked.dueMicros(), ranked.item()))
                .limit(limit)
                .toList();
        Map<String, String> titles = notes.titles(
                connection, learner.id(), page.stream().map(Ranked::item).toList());
        String next = null;
        if (page.size() == limit && !page.isEmpty() && !page.getLast().equals(all.getLast())) {
            Ranked last = page.getLast();
            next = new Cursor(last.rank(), last.dueMicros(), last.item()).encode();
        }
        return new DueItem.Page(
                sub,
                at,
                all.size(),
                page.stream()
                        .map(ranked -> show(ranked, predictor, titles.get(ranked.item()), atMicros))
                        .toList(),
                next);
    }

    private @Nullable Ranked rank(Card card, List<Focus> tasks, Learner learner, Predictor predictor, long atMicros) {
        CardState state = card.state();
        if (state.isReviewed() && isWeak(card, learner, predictor, atMicros)) {
            for (Focus task : tasks) {
                for (String skill : task.skills()) {
                    if (task.sinceMicros() <= atMicros && card.skills().contains(skill)) {
                        return new Ranked(0, state.dueAtMicros(), card.key().item(), card, task, skill, null);
                    }
                }
            }
        }
        if (!state.isDue(atMicros)) {
            return null;
        }
        return new Ranked(1, state.dueAtMicros(), card.key().item(), card, null, null, null);
    }

    private boolean isWeak(Card card, Learner learner, Predictor predictor, long atMicros) {
        CardState state = card.state();
        if (state.lastGrade() == 1 || state.isDue(atMicros)) {
            return true;
        }
        long horizon = atMicros + config.taskHorizonDays() * MICROS_PER_DAY;
        return predictor.recall(state, horizon) < learner.settings().retentionOf(state.deck(), card.skills());
    }

    private static DueItem show(Ranked ranked, Predictor predictor, @Nullable String title, long atMicros) {
        Note note = ranked.note();
        if (note != null) {
            return new DueItem(
                    note.item(),
                    note.title(),
                    Micros.toInstant(note.updatedMicros()),
                    0,
                    "new",
                    note.skills(),
                    null,
                    new DueItem.Reason(
                            "note", "a note of yours, offered as a card: answer it to take it up", null, null));
        }
        Card card = java.util.Objects.requireNonNull(ranked.card());
        CardState state = card.state();
        return new DueItem(
                card.key().item(),
                title,
                Micros.toInstant(state.dueAtMicros()),
                Math.max(0, (atMicros - state.dueAtMicros()) / MICROS_PER_DAY),
                CardView.stateName(state),
                card.skills(),
                state.isReviewed() ? predictor.recall(state, atMicros) : null,
                reason(ranked, state));
    }

    private static DueItem.Reason reason(Ranked ranked, CardState state) {
        Focus task = ranked.task();
        if (task != null) {
            return new DueItem.Reason(
                    "task",
                    "the task " + (task.title() == null ? task.taskId() : "\"" + task.title() + "\"") + " needs "
                            + ranked.taskSkill(),
                    task.taskId(),
                    ranked.taskSkill());
        }
        if (state.dueMoved()) {
            return new DueItem.Reason("moved", "its due date was moved by hand", null, null);
        }
        if (state.phase() == Phase.LEARNING || state.phase() == Phase.RELEARNING) {
            return new DueItem.Reason("failed", "the last answer, on " + day(state) + ", was wrong", null, null);
        }
        String scheduler = state.scheduledBy() == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", by %s for a retention of %.0f %%",
                        switch (state.scheduledBy()) {
                            case SM2 -> "SM-2";
                            case FSRS6 -> "FSRS-6";
                            case FSRS7 -> "FSRS-7";
                        },
                        state.scheduledRetention() * 100);
        int days = state.scheduledDays();
        return new DueItem.Reason(
                "scheduled",
                days + (days == 1 ? " day" : " days") + " after the answer of " + day(state) + scheduler,
                null,
                null);
    }

    private static String day(CardState state) {
        return LocalDate.ofEpochDay(state.lastLocalDay()).toString();
    }
}
