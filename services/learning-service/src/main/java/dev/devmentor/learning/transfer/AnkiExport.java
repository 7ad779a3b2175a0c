package dev.devmentor.learning.transfer;

import dev.devmentor.anki.AnkiWriter;
import dev.devmentor.anki.Review;
import dev.devmentor.learning.card.Card;
import dev.devmentor.learning.card.CardTable;
import dev.devmentor.learning.engine.card.CardState;
import dev.devmentor.learning.learner.Learner;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Cards and answers as an Anki package. What came from Anki goes back as it was; of other answers Anki's interval is the
 * time that really passed until the next one, and at last the one that is planned.
 */
final class AnkiExport {
    private static final long MILLIS_PER_DAY = 86_400_000L;
    private static final long SECONDS_PER_DAY = 86_400L;
    private static final int ROLLOVER_SECONDS = 4 * 3_600;
    /** The deck of cards that lie in none. */
    static final String NO_DECK = "DevMentor";

    private static final int NO_EASE_OF_OURS = 2_500;
    /** The numbers under which the log stores these kinds. */
    private static final int ANSWER = 1;

    private static final int RESET = 3;

    private final ExportTables tables;
    private final CardTable cards;

    AnkiExport(ExportTables tables, CardTable cards) {
        this.tables = tables;
        this.cards = cards;
    }

    /** A line of the review log in the making. */
    private static final class Line {
        private final long millis;
        private final int card;
        private final int ease;
        private final int duration;
        private Review.Kind kind = Review.Kind.REVIEW;
        private int interval;
        private int lastInterval;
        private int factor;

        Line(long millis, int card, int ease, int duration) {
            this.millis = millis;
            this.card = card;
            this.ease = ease;
            this.duration = duration;
        }
    }

    /** What the lines of one card know of each other. */
    private static final class History {
        private @Nullable String item;
        private @Nullable Line last;
        private boolean open;
    }

    void write(Connection connection, Learner learner, Instant now, Path scratch, OutputStream out)
            throws SQLException, IOException {
        Map<String, ExportTables.NoteText> notes = tables.notes(connection, learner.id());
        Map<String, Card> states = new HashMap<>();
        for (Card card : cards.ofLearner(connection, learner.id())) {
            states.put(card.key().item(), card);
        }
        Set<String> items = new TreeSet<>(states.keySet());
        items.addAll(notes.keySet());
        Map<String, Integer> numbers = HashMap.newHashMap(items.size());
        for (String item : items) {
            numbers.put(item, numbers.size());
        }
        List<Line> lines = lines(connection, learner, numbers, states);
        long first = lines.isEmpty() ? now.toEpochMilli() : lines.getFirst().millis;
        long created =
                Math.floorDiv(first / 1_000 - ROLLOVER_SECONDS, SECONDS_PER_DAY) * SECONDS_PER_DAY + ROLLOVER_SECONDS;
        try (AnkiWriter writer = new AnkiWriter(scratch, created, now.toEpochMilli())) {
            long[] ids = ids(items.size(), created);
            for (String item : items) {
                long id = ids[Objects.requireNonNull(numbers.get(item))];
                ExportTables.NoteText note = notes.get(item);
                Card card = states.get(item);
                List<String> skills = note != null ? note.skills() : card != null ? card.skills() : List.of();
                writer.note(
                        id,
                        AnkiSource.OWN_GUID + item,
                        skills.stream()
                                .map(skill -> skill.replaceAll("\\s", "_"))
                                .toList(),
                        note == null ? item : note.title(),
                        note == null || note.text() == null ? "" : note.text());
            }
            for (String item : items) {
                int number = Objects.requireNonNull(numbers.get(item));
                ExportTables.NoteText note = notes.get(item);
                Card card = states.get(item);
                long deck = writer.deck(deck(note, card));
                writer.card(
                        card(ids[number], number, deck, card == null ? CardState.NEW : card.state(), created, now), "");
            }
            long last = Long.MIN_VALUE;
            for (Line line : lines) {
                // The id is the time, and no two may have the same.
                last = Math.max(last + 1, line.millis);
                writer.review(new Review(
                        last,
                        ids[line.card],
                        line.ease,
                        line.interval,
                        line.lastInterval,
                        line.factor,
                        line.duration,
                        line.kind));
            }
            writer.writeTo(out);
        }
    }

    private static String deck(ExportTables.@Nullable NoteText note, @Nullable Card card) {
        if (card != null && !card.state().deck().isEmpty()) {
            return card.state().deck();
        }
        return note == null || note.deck() == null ? NO_DECK : note.deck();
    }

    private static long[] ids(int count, long created) {
        long[] ids = new long[count];
        Arrays.setAll(ids, i -> created * 1_000 + i + 1);
        return ids;
    }

    private List<Line> lines(
            Connection connection, Learner learner, Map<String, Integer> numbers, Map<String, Card> states)
            throws SQLException, IOException {
        Set<String> undone = tables.undone(connection, learner.id());
        List<Line> lines = new ArrayList<>();
        History history = new History();
        tables.logByCard(connection, learner.id(), entry -> {
            String item = Objects.requireNonNull(entry.item());
            Integer number = numbers.get(item);
            if (number == null || entry.kind() == ANSWER && undone.contains(entry.ref())) {
                return;
            }
            if (!item.equals(history.item)) {
                planned(history, states);
                history.item = item;
                history.last = null;
                history.open = false;
            }
            lines.add(line(entry, number, history));
        });
        planned(history, states);
        lines.sort(Comparator.comparingLong(line -> line.millis));
        return lines;
    }

    /** The interval of a card's last answer, where nothing else is known of it. */
    private static void planned(History history, Map<String, Card> states) {
        Line last = history.last;
        Card card = history.item == null ? null : states.get(history.item);
        if (last != null && history.open && card != null) {
            last.interval = card.state().scheduledDays();
        }
    }

    private static Line line(ExportTables.Entry entry, int number, History history) {
        long millis = Math.floorDiv(entry.atMicros(), 1_000);
        boolean answer = entry.kind() == ANSWER;
        Line line = new Line(
                millis,
                number,
                answer ? Objects.requireNonNull(entry.grade()) : 0,
                entry.responseMs() == null ? 0 : entry.responseMs());
        Line last = history.last;
        int passed = last == null ? 0 : (int) Math.max(0, (millis - last.millis) / MILLIS_PER_DAY);
        if (last != null && history.open) {
            last.interval = passed;
        }
        AnkiDetail detail = AnkiDetail.parse(entry.detail());
        if (detail != null) {
            line.kind = detail.kind();
            line.interval = detail.interval();
            line.lastInterval = detail.lastInterval();
            line.factor = detail.factor();
        } else if (answer) {
            line.kind = last == null || last.ease == 0
                    ? Review.Kind.LEARNING
                    : last.ease == 1 ? Review.Kind.RELEARNING : Review.Kind.REVIEW;
            line.lastInterval = passed;
        } else {
            boolean reset = entry.kind() == RESET;
            line.kind = Review.Kind.MANUAL;
            line.lastInterval = passed;
            line.factor = reset ? 0 : NO_EASE_OF_OURS;
            line.interval = reset || entry.due() == null
                    ? 0
                    : (int) Math.clamp((entry.due() / 1_000 - millis) / MILLIS_PER_DAY, 0, 36_500);
        }
        history.open = detail == null && answer;
        history.last = line;
        return line;
    }

    private static dev.devmentor.anki.Card card(
            long id, int number, long deck, CardState state, long created, Instant now) {
        int type = switch (state.phase()) {
            case NEW -> 0;
            case LEARNING -> 1;
            case REVIEW -> 2;
            case RELEARNING -> 3;
        };
        long dueSeconds = state.dueAtMicros() == CardState.NOT_DUE
                ? now.getEpochSecond()
                : Math.floorDiv(state.dueAtMicros(), 1_000_000L);
        long due = switch (type) {
            case 0 -> number;
            case 2 -> Math.floorDiv(dueSeconds - created, SECONDS_PER_DAY);
            default -> dueSeconds;
        };
        return new dev.devmentor.anki.Card(
                id,
                id,
                0,
                deck,
                now.getEpochSecond(),
                type,
                state.suspended() ? -1 : Math.min(type == 3 ? 1 : type, 2),
                due,
                state.scheduledDays(),
                type == 0 ? 0 : (int) Math.round(state.sm2().ease() * 1_000),
                state.answers(),
                state.lapses());
    }
}
