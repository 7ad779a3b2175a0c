package dev.devmentor.learning.engine.card;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.learning.engine.card.Entry.Answer;
import dev.devmentor.learning.engine.card.Entry.Reschedule;
import dev.devmentor.learning.engine.card.Entry.SettingsChanged;
import dev.devmentor.learning.engine.card.Entry.Timeline;
import dev.devmentor.learning.engine.card.Entry.Undo;
import dev.devmentor.learning.engine.card.Entry.Unplan;
import dev.devmentor.learning.engine.card.Entry.WeightsChanged;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever the order of delivery, the state is the one of the sequential fold, to the last bit. */
class DeliveryOrderTest {

    private static final CardFold.Subject CARD = new CardFold.Subject("card", List.of());
    private static final int HISTORIES = Boolean.getBoolean("devmentor.long") ? 100_000 : 10_000;

    @Test
    void replayOfAnyPermutationIsTheSequentialFold() {
        SplittableRandom random = new SplittableRandom(20_261);
        for (int i = 0; i < HISTORIES; i++) {
            Histories history = Histories.random(random);
            CardState expected = ReferenceFold.fold(history.card(), history.timeline());
            List<Entry> shuffled = new ArrayList<>(history.card());
            shuffled.addAll(history.card()); // an equal repeat changes nothing
            Collections.shuffle(shuffled, new Random(i));
            List<Timeline> timeline = new ArrayList<>(history.timeline());
            Collections.shuffle(timeline, new Random(i));

            same(new CardFold(timeline).replay(CARD, shuffled), expected, i);
        }
    }

    @Test
    void deliveryShuffledDoubledAndDelayedEndsInTheSequentialFold() {
        SplittableRandom random = new SplittableRandom(20_262);
        Store all = new Store();
        for (int i = 0; i < HISTORIES; i++) {
            Histories history = Histories.random(random);
            Store store = new Store();
            for (Entry entry : delivered(history, random)) {
                store.receive(entry);
            }
            same(store.state, ReferenceFold.fold(history.card(), history.timeline()), i);
            all.addCounts(store);
        }
        // every way was taken often
        assertThat(all.appends).isGreaterThan(HISTORIES * 3);
        assertThat(all.replays).isGreaterThan(HISTORIES);
        assertThat(all.replaysFromCheckpoint).isGreaterThan(HISTORIES);
        assertThat(all.repeats).isGreaterThan(HISTORIES);
    }

    @Test
    void theStateIsRightAfterEveryStepAndNotOnlyAtTheEnd() {
        SplittableRandom random = new SplittableRandom(20_263);
        for (int i = 0; i < HISTORIES / 20; i++) {
            Histories history = Histories.random(random);
            Store store = new Store();
            for (Entry entry : delivered(history, random)) {
                store.receive(entry);
                same(store.state, ReferenceFold.fold(store.log, store.timeline), i);
            }
        }
    }

    @Test
    void appendOneByOneInOrderIsTheSequentialFold() {
        SplittableRandom random = new SplittableRandom(20_264);
        for (int i = 0; i < HISTORIES / 2; i++) {
            Histories history = Histories.random(random);
            CardFold fold = new CardFold(history.timeline());
            List<Entry> log = history.card().stream()
                    .filter(entry -> !(entry instanceof Undo || entry instanceof Unplan))
                    .sorted(Comparator.comparing(Entry::key))
                    .toList();
            CardState state = CardState.NEW;
            List<String> skills = List.of();
            for (Entry entry : log) {
                if (!fold.canAppend(state, entry)) { // a change of settings after it was applied already
                    state = fold.replay(CARD, log.subList(0, log.indexOf(entry) + 1));
                } else {
                    state = fold.append(state, new CardFold.Subject("card", skills), entry);
                }
                skills = skillsAfter(skills, entry);
            }
            same(state, ReferenceFold.fold(log, history.timeline()), i);
        }
    }

    private static List<String> skillsAfter(List<String> skills, Entry entry) {
        return entry instanceof Answer answer && !answer.skills().isEmpty() ? answer.skills() : skills;
    }

    private static void same(CardState actual, CardState expected, int history) {
        if (!actual.equals(expected) || actual.checksum() != expected.checksum()) {
            assertThat(actual).as("history %d", history).isEqualTo(expected);
            assertThat(actual.checksum()).as("checksum of history %d", history).isEqualTo(expected.checksum());
        }
    }

    /** Everything at least once, some twice; nearly in order, or in no order at all. */
    private static List<Entry> delivered(Histories history, SplittableRandom random) {
        List<Entry> all = new ArrayList<>(history.card());
        all.addAll(history.timeline());
        for (Entry entry : List.copyOf(all)) {
            if (random.nextInt(4) == 0) {
                all.add(entry);
            }
        }
        if (random.nextBoolean()) {
            Collections.shuffle(all, new Random(random.nextLong()));
            return all;
        }
        all.sort(Comparator.comparing(Entry::key));
        for (int delays = random.nextInt(6); delays > 0; delays--) {
            Entry delayed = all.remove(random.nextInt(all.size()));
            all.add(random.nextInt(all.size() + 1), delayed);
        }
        return all;
    }

    /** What a store of cards does with what comes in, as {@link CardFold} describes it. */
    private static final class Store {

        private final List<Entry> log = new ArrayList<>();
        private final List<Timeline> timeline = new ArrayList<>();
        private final Set<EntryKey> known = new HashSet<>();
        private final List<CardState> checkpoints = new ArrayList<>(List.of(CardState.NEW));
        private CardFold fold = new CardFold(List.of());
        private @Nullable EntryKey newestWeights;
        private CardState state = CardState.NEW;

        private int appends;
        private int replays;
        private int replaysFromCheckpoint;
        private int repeats;

        void receive(Entry entry) {
            if (!known.add(entry.key())) {
                repeats++;
                return;
            }
            if (entry instanceof Timeline change) {
                timeline.add(change);
                fold = new CardFold(timeline);
                if (change instanceof WeightsChanged) {
                    checkpoints.removeIf(CardState::isReviewed);
                    if (newestWeights == null || newestWeights.compareTo(change.key()) < 0) {
                        newestWeights = change.key();
                    }
                    state = fold.replay(CARD, log);
                    replays++;
                } else if (CardFold.changes(state, (SettingsChanged) change)) {
                    checkpoints.removeIf(checkpoint -> !checkpoint.isBefore(change.key()));
                    state = fold.replay(CARD, log);
                    replays++;
                }
                return;
            }
            log.add(entry);
            checkpoints.removeIf(checkpoint -> !checkpoint.isBefore(entry.key()));
            if (entry instanceof Undo undo) {
                for (Entry other : log) {
                    if (other instanceof Answer answer && answer.answerId().equals(undo.answerId())) {
                        checkpoints.removeIf(checkpoint -> !checkpoint.isBefore(answer.key()));
                    }
                }
            }
            if (entry instanceof Unplan unplan) {
                for (Entry other : log) {
                    if (other instanceof Reschedule moved && moved.plan().equals(unplan.plan())) {
                        checkpoints.removeIf(checkpoint -> !checkpoint.isBefore(moved.key()));
                    }
                }
            }
            if (fold.canAppend(state, entry)) {
                state = fold.append(state, new CardFold.Subject("card", skills(null)), entry);
                appends++;
            } else if (checkpoints.isEmpty() || log.size() % 3 == 0 || !canGoOnFrom(checkpoints.getLast())) {
                state = fold.replay(CARD, log);
                replays++;
            } else {
                CardState checkpoint = checkpoints.getLast();
                state = fold.replayFrom(
                        checkpoint,
                        new CardFold.Subject("card", skills(checkpoint)),
                        log.stream()
                                .filter(each -> checkpoint.isBefore(each.key()))
                                .toList());
                replaysFromCheckpoint++;
            }
            if (log.size() % 4 == 0 && state.openUndos() == 0) {
                checkpoints.add(state);
            }
        }

        private boolean canGoOnFrom(CardState checkpoint) {
            return newestWeights == null || !checkpoint.isReviewed() || !checkpoint.isBefore(newestWeights);
        }

        /** Those of the newest answer that named any, of all before the last one received or of those in a checkpoint. */
        private List<String> skills(@Nullable CardState checkpoint) {
            List<Entry> before = checkpoint == null ? log.subList(0, log.size() - 1) : log;
            return before.stream()
                    .filter(each -> checkpoint == null || !checkpoint.isBefore(each.key()))
                    .filter(each ->
                            each instanceof Answer answer && !answer.skills().isEmpty())
                    .max(Comparator.comparing(Entry::key))
                    .map(each -> ((Answer) each).skills())
                    .orElse(List.of());
        }

        void addCounts(Store other) {
            appends += other.appends;
            replays += other.replays;
            replaysFromCheckpoint += other.replaysFromCheckpoint;
            repeats += other.repeats;
        }
    }
}
