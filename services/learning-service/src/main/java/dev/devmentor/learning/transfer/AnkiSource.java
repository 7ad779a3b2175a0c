package dev.devmentor.learning.transfer;

import dev.devmentor.anki.AnkiException;
import dev.devmentor.anki.AnkiLimits;
import dev.devmentor.anki.AnkiPackage;
import dev.devmentor.anki.Card;
import dev.devmentor.anki.CardText;
import dev.devmentor.anki.Deck;
import dev.devmentor.anki.HtmlText;
import dev.devmentor.anki.Note;
import dev.devmentor.anki.NoteType;
import dev.devmentor.anki.Review;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.MemoryKind;
import dev.devmentor.events.MemoryUpdated;
import dev.devmentor.events.QuizAnswered;
import dev.devmentor.learning.log.AnswerOrigin;
import dev.devmentor.learning.log.EntryKind;
import dev.devmentor.learning.log.LogEntry;
import dev.devmentor.learning.note.NoteTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Anki's packages. A card becomes a memory that asks to be reviewed, each answer of the review log an answer; resets and due
 * dates that were moved by hand stay what they are. The due date is what our scheduler makes of the answers.
 */
final class AnkiSource implements ImportSource {
    /** Guids of notes that this platform has exported: behind it stands the item. */
    static final String OWN_GUID = "devmentor:";

    private static final int DECKS_NAMED = 200;
    private static final int CACHED_CARDS = 20_000;
    private static final int LONGEST_ITEM = 256;
    private static final int LONGEST_RESPONSE_MS = 86_400_000;
    private static final long MILLIS_PER_DAY = 86_400_000L;
    private static final long SECONDS_PER_DAY = 86_400L;
    private static final Instant UNKNOWN = Instant.parse("2006-01-01T00:00:00Z");
    private static final NoteType NO_TYPE = new NoteType(0, "Card", false, List.of(), List.of());

    private final Clock clock;

    AnkiSource(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void read(Path file, Path scratch, ImportSink sink) throws IOException {
        try (AnkiPackage anki = AnkiPackage.open(file, scratch, AnkiLimits.DEFAULT)) {
            new Reading(anki, sink, clock.millis()).run();
        } catch (AnkiException refused) {
            throw new ImportRefused(String.valueOf(refused.getMessage()), refused);
        }
    }

    /**
     * A card, as far as its answers need it.
     *
     * @param memoryId null if the item belongs to something else than a note
     */
    private record CardName(String item, @Nullable String memoryId, List<String> skills, boolean own) {}

    private static final class Reading {
        private final AnkiPackage anki;
        private final ImportSink sink;
        private final long nowMillis;
        private final Map<Long, CardName> names = new LinkedHashMap<>(1_000, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, CardName> eldest) {
                return size() > CACHED_CARDS;
            }
        };
        private @Nullable Note lastNote;
        private long notes;
        private long cards;
        private long answers;
        private long others;
        private long firstMillis = Long.MAX_VALUE;
        private long lastMillis = Long.MIN_VALUE;
        private Duration shift = Duration.ZERO;

        Reading(AnkiPackage anki, ImportSink sink, long nowMillis) {
            this.anki = anki;
            this.sink = sink;
            this.nowMillis = nowMillis;
        }

        void run() throws IOException {
            anki.notes(note -> notes++);
            sink.leftOut("notes of more than 1 MiB", anki.notesPassedOver());
            anki.cards(card -> cards++);
            anki.reviews(review -> {
                if (review.isAnswer()) {
                    answers++;
                    if (inTime(review.id())) {
                        firstMillis = Math.min(firstMillis, review.id());
                        lastMillis = Math.max(lastMillis, review.id());
                    }
                } else {
                    others++;
                }
            });
            sink.found(found(), cards + answers + others);
            sink.leftOut("media (pictures and recordings)", anki.mediaCount());
            if (sink.dryRun()) {
                return;
            }
            if (lastMillis > 0) {
                shift = Duration.ofDays(sink.shiftDays("anki:" + anki.createdSeconds(), lastMillis));
            }
            anki.cards(this::card);
            anki.reviews(this::review);
        }

        private Found found() {
            String format = switch (anki.format()) {
                case LEGACY_1 -> "collection.anki2";
                case LEGACY_2 -> "collection.anki21";
                case LATEST -> "collection.anki21b";
            };
            List<String> decks = anki.decks().values().stream()
                    .filter(deck -> !deck.filtered())
                    .map(Deck::name)
                    .sorted()
                    .toList();
            return new Found(
                    String.format(Locale.ROOT, "Anki (%s, version %d)", format, anki.schema()),
                    decks.size(),
                    decks.stream().limit(DECKS_NAMED).toList(),
                    anki.noteTypes().size(),
                    notes,
                    cards,
                    answers,
                    others,
                    anki.mediaCount(),
                    anki.mediaNamed(),
                    lastMillis > 0 ? Instant.ofEpochMilli(firstMillis).toString() : null,
                    lastMillis > 0 ? Instant.ofEpochMilli(lastMillis).toString() : null);
        }

        private boolean inTime(long millis) {
            return millis > 0 && millis <= nowMillis;
        }

        private @Nullable Note note(long id) throws IOException {
            Note note = lastNote;
            if (note == null || note.id() != id) {
                note = anki.note(id);
                lastNote = note;
            }
            return note;
        }

        private CardName name(Card card, Note note) {
            Deck home = anki.home(card);
            List<String> skills = Naming.skills(note.tags(), home == null ? "" : home.name());
            if (note.guid().startsWith(OWN_GUID) && card.ordinal() == 0) {
                String item = note.guid().substring(OWN_GUID.length());
                if (!item.isEmpty() && item.length() <= LONGEST_ITEM) {
                    String prefix = NoteTable.item("");
                    return new CardName(
                            item, item.startsWith(prefix) ? item.substring(prefix.length()) : null, skills, true);
                }
            }
            String memory = "anki-" + key(note) + "-" + card.ordinal();
            return new CardName(NoteTable.item(memory), memory, skills, false);
        }

        private static String key(Note note) {
            return note.guid().isEmpty() ? Long.toString(note.id()) : Naming.plain(note.guid());
        }

        private void card(Card card) throws IOException {
            sink.read(1);
            Note note = note(card.noteId());
            if (note == null) {
                sink.leftOut("cards whose note is not in the file", 1);
                return;
            }
            CardName name = name(card, note);
            Deck home = anki.home(card);
            if (home == null) {
                sink.leftOut("cards whose deck is not in the file (taken without a deck)", 1);
            }
            String deck = home == null || name.own() && home.name().equals(AnkiExport.NO_DECK)
                    ? null
                    : HtmlText.cut(home.name(), Naming.LONGEST_DECK);
            if (name.memoryId() != null) {
                sink.card(memory(card, note, name.memoryId(), name, deck));
            }
            if (card.suspended()) {
                sink.later(
                        ofCard(EntryKind.SUSPEND, name.item(), EventEncoder.contentId("suspend", name.item())), false);
            }
            if (deck != null && !name.own() && card.repetitions() > 0) {
                sink.later(
                        ofCard(
                                        EntryKind.DECK,
                                        name.item(),
                                        EventEncoder.contentId("deck", name.item(), deck, Long.toString(nowMillis)))
                                .withRef(deck),
                        true);
            }
        }

        /** At the time of the import, whenever that is. */
        private LogEntry ofCard(EntryKind kind, String item, String id) {
            return LogEntry.ofCard(sink.learner(), kind, nowMillis * 1_000, sink.source(), id, item)
                    .withAssignedTime();
        }

        private MemoryUpdated memory(Card card, Note note, String memoryId, CardName name, @Nullable String deck) {
            NoteType type = anki.noteTypes().getOrDefault(note.typeId(), NO_TYPE);
            String question = CardText.question(type, note, card.ordinal(), deck == null ? "" : deck, any -> {});
            String title = Naming.title(question);
            String text = HtmlText.cut(CardText.fields(type, note, any -> {}), Naming.LONGEST_TEXT);
            long version = Math.max(note.modifiedSeconds(), card.modifiedSeconds());
            return new MemoryUpdated(
                    memoryId,
                    sink.learner(),
                    (int) Math.clamp(version, 1, Integer.MAX_VALUE),
                    MemoryKind.NOTE,
                    title.isEmpty() ? "Card " + (card.ordinal() + 1) : title,
                    text.isEmpty() ? null : text,
                    name.skills(),
                    true,
                    made(note),
                    false,
                    deck,
                    "anki-" + key(note),
                    null);
        }

        private Instant made(Note note) {
            return Stream.of(note.id(), note.modifiedSeconds() * 1_000)
                    .filter(this::inTime)
                    .findFirst()
                    .map(Instant::ofEpochMilli)
                    .orElse(UNKNOWN);
        }

        private @Nullable CardName name(long cardId) throws IOException {
            CardName known = names.get(cardId);
            if (known == null) {
                Card card = anki.card(cardId);
                Note note = card == null ? null : note(card.noteId());
                if (card == null || note == null) {
                    return null;
                }
                known = name(card, note);
                names.put(cardId, known);
            }
            return known;
        }

        private void review(Review review) throws IOException {
            sink.read(1);
            CardName name = name(review.cardId());
            if (name == null) {
                sink.leftOut("reviews of cards that are not in the file", 1);
            } else if (!inTime(review.id())) {
                sink.leftOut("reviews whose time is not between 1970 and now", 1);
            } else if (name.own() && isInLog(name.item(), review.id())) {
                sink.leftOut("reviews that are in the log already", 1);
            } else if (review.isAnswer()) {
                sink.answer(answer(review, name));
            } else if (review.ease() > 4) {
                sink.leftOut("reviews with a button that there is not", 1);
            } else {
                manual(review, name);
            }
        }

        /** An export moves a review by some milliseconds where two have the same time. */
        private boolean isInLog(String item, long millis) throws IOException {
            for (int i = 0; i < 5; i++) {
                if (sink.isInLog(item, millis - i)) {
                    return true;
                }
            }
            return false;
        }

        private QuizAnswered answer(Review review, CardName name) {
            return new QuizAnswered(
                    "anki-" + EventEncoder.contentId(name.item(), Long.toString(review.id())),
                    sink.learner(),
                    name.item(),
                    Instant.ofEpochMilli(review.id()).plus(shift),
                    review.ease() > 1,
                    review.ease(),
                    name.skills(),
                    null,
                    null,
                    Math.min(review.millis(), LONGEST_RESPONSE_MS),
                    null,
                    null,
                    review.isCram() ? AnswerOrigin.ANKI_FILTERED : AnswerOrigin.ANKI,
                    AnkiDetail.of(review));
        }

        private void manual(Review review, CardName name) throws IOException {
            long at = Instant.ofEpochMilli(review.id()).plus(shift).toEpochMilli();
            LogEntry entry = new LogEntry(
                    sink.learner(),
                    review.isReset() ? EntryKind.RESET : EntryKind.RESCHEDULE,
                    at * 1_000,
                    false,
                    sink.source(),
                    EventEncoder.contentId("manual", name.item(), Long.toString(review.id())),
                    name.item(),
                    null,
                    null,
                    0,
                    -1,
                    review.isReset() ? 0 : (at + millis(review.interval())) * 1_000,
                    List.of(),
                    null,
                    LogEntry.NO_BLOOM,
                    Double.NaN,
                    null,
                    AnkiDetail.of(review),
                    null);
            sink.later(entry, true);
        }

        /** Days if positive, seconds if negative. */
        private static long millis(int interval) {
            return interval >= 0
                    ? Math.min(interval, 36_500) * MILLIS_PER_DAY
                    : Math.min(-(long) interval, SECONDS_PER_DAY) * 1_000;
        }
    }
}
