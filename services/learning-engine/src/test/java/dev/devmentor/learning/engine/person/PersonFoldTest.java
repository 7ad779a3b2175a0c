package dev.devmentor.learning.engine.person;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devmentor.learning.engine.card.EntryKey;
import dev.devmentor.learning.engine.rating.Evidence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PersonFoldTest {
    private static final int LOGS = 300;
    private static final int ENTRIES = 120;

    private final PersonFold fold = new PersonFold(Logs.SHARED);

    private static void shuffle(List<PersonEntry> entries, SplittableRandom random) {
        for (int i = entries.size() - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            PersonEntry swapped = entries.get(i);
            entries.set(i, entries.get(j));
            entries.set(j, swapped);
        }
    }

    private static byte[] bytes(PersonState state) {
        return PersonStateCodec.encode(state);
    }

    @Test
    void theOrderOfDeliveryNeverMatters() {
        for (int seed = 0; seed < LOGS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<PersonEntry> log = Logs.random(random, ENTRIES);
            byte[] expected = bytes(fold.replay(log));
            shuffle(log, random);
            assertThat(bytes(fold.replay(log))).as("seed %d", seed).isEqualTo(expected);
        }
    }

    /** What a store does: portions come in any order, each is appended if it can be, else the log is replayed. */
    @Test
    void appendsInPortionsGiveWhatAReplayGives() {
        int appended = 0;
        for (int seed = 0; seed < LOGS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<PersonEntry> log = Logs.random(random, ENTRIES);
            if (seed % 2 == 0) {
                log.sort(Comparator.comparing(PersonEntry::key));
            } else {
                shuffle(log, random);
            }
            PersonState state = PersonState.NEW;
            for (int from = 0; from < log.size(); ) {
                int to = Math.min(log.size(), from + random.nextInt(1, 12));
                List<PersonEntry> portion = log.subList(from, to);
                if (PersonFold.canAppend(state, portion)) {
                    state = fold.append(state, portion);
                    appended++;
                } else {
                    state = fold.replay(log.subList(0, to));
                }
                from = to;
            }
            assertThat(state).as("seed %d", seed).isEqualTo(fold.replay(log));
            assertThat(bytes(state)).as("seed %d", seed).isEqualTo(bytes(fold.replay(log)));
        }
        assertThat(appended).isGreaterThan(LOGS);
    }

    @Test
    void anUndoneAnswerLeavesNoBitBehind() {
        for (int seed = 0; seed < LOGS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<PersonEntry> log = Logs.random(random, ENTRIES);
            long end = log.stream()
                    .mapToLong(entry -> entry.key().atMicros())
                    .max()
                    .orElseThrow();
            PersonEntry.Other marker = new PersonEntry.Other(new EntryKey(end + 2, "/s", "end"));
            List<PersonEntry> without = new ArrayList<>(log);
            without.add(marker);
            List<PersonEntry> with = new ArrayList<>(without);
            with.add(Logs.answer("late", "item-3", random.nextLong(end), 12, random.nextBoolean()));
            with.add(new PersonEntry.Undo(new EntryKey(end + 1, "/s", "undo"), "late"));
            assertThat(bytes(fold.replay(with))).as("seed %d", seed).isEqualTo(bytes(fold.replay(without)));
        }
    }

    @Test
    void anUndoThatCameFirstKeepsItsAnswerFromBeingAppended() {
        PersonState state = fold.append(PersonState.NEW, new PersonEntry.Other(new EntryKey(0, "/s", "o")));
        PersonEntry undo = new PersonEntry.Undo(new EntryKey(1, "/s", "u"), "a");
        PersonEntry answer = Logs.answer("a", "x", 2, 0, true);
        assertThat(PersonFold.canAppend(state, List.of(undo))).isFalse();
        state = fold.replay(List.of(undo));
        assertThat(state.openUndos()).containsExactly("a");
        assertThat(PersonFold.canAppend(state, List.of(answer))).isFalse();
        PersonState after = state;
        assertThatThrownBy(() -> fold.append(after, answer)).isInstanceOf(IllegalArgumentException.class);
        PersonState both = fold.replay(List.of(answer, undo));
        assertThat(both.openUndos()).isEmpty();
        assertThat(both.answers()).isZero();
        assertThat(both.folded()).isEqualTo(answer.key());
    }

    @Test
    void whatIsNotLaterIsNotAppended() {
        PersonState state = fold.append(PersonState.NEW, Logs.answer("b", "x", 10, 0, true));
        assertThat(PersonFold.canAppend(state, List.of(Logs.answer("a", "x", 10, 0, true))))
                .as("same time, smaller id")
                .isFalse();
        assertThat(PersonFold.canAppend(state, List.of(Logs.answer("c", "x", 10, 0, true))))
                .isTrue();
    }

    @Test
    void anOrderedReplayRefusesDisorder() {
        OrderedReplay replay = fold.inOrder();
        replay.add(Logs.answer("b", "x", 10, 0, true), false);
        PersonEntry early = Logs.answer("a", "x", 9, 0, true);
        assertThatThrownBy(() -> replay.add(early, false)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void evidenceIsThatOfTheEpochUnderWayAndOfTimelyAnswersOnly() {
        PersonState first = fold.append(PersonState.NEW, Logs.answer("a", "x", 9 * Logs.DAY, 9, true));
        assertThat(first.epoch()).isZero();
        assertThat(first.evidence().get(SharedKey.EVERYTHING).answers()).isEqualTo(1);

        PersonEntry.Answer next = Logs.answer("b", "x", 11 * Logs.DAY, 11, true);
        PersonState second = fold.append(first, next);
        assertThat(second.epoch()).isEqualTo(1);
        assertThat(second.evidence().get(SharedKey.EVERYTHING).answers()).isEqualTo(1);
        assertThat(second.evidence())
                .containsOnlyKeys(SharedKey.EVERYTHING, SharedKey.ofSkill("sql"), SharedKey.ofItem("x"));

        PersonEntry.Answer late = new PersonEntry.Answer(next.key(), next.answered(), false);
        assertThat(fold.append(first, late).evidence()).isEmpty();
        assertThat(fold.append(first, late).rating()).isEqualTo(second.rating());
    }

    @Test
    void whoEarnsNothingForComingLateIsRatedAllTheSame() {
        PersonEntry.Answer answer = Logs.answer("a", "x", Logs.DAY, 1, true);
        PersonState state =
                fold.append(PersonState.NEW, new PersonEntry.Answer(answer.key(), answer.answered(), false));
        assertThat(state.progress().points()).isZero();
        assertThat(state.progress().streak().days()).isZero();
        assertThat(state.rating().wins()).isEqualTo(1);
    }

    @Test
    void farmingOneEasyItemEndsWithAHandfulOfPoints() {
        PersonState state = PersonState.NEW;
        for (int day = 0; day < 100; day++) {
            for (int i = 0; i < 20; i++) {
                long at = day * Logs.DAY + i * 30_000_000L;
                state = fold.append(state, Logs.answer("a-" + day + "-" + i, "easy", at, day, true));
            }
        }
        assertThat(state.answers()).isEqualTo(2_000);
        assertThat(state.progress().points()).isBetween(15L, 40L);
        assertThat(state.progress().tally().hard()).isZero();
    }

    @Test
    void whatIsExpectedComesFromTheLayerOfTheTime() {
        // Load is what errors against expectation leave; the weights of the second epoch differ from those of the
        // first.
        PersonEntry.Answer early = Logs.answer("a", "x", 9 * Logs.DAY, 9, false);
        PersonEntry.Answer late = Logs.answer("a", "x", 11 * Logs.DAY, 11, false);
        PersonState before = fold.append(PersonState.NEW, early);
        PersonState after = fold.append(PersonState.NEW, late);
        assertThat(after.session().misses()).isNotEqualTo(before.session().misses());
        PersonFold withoutLayer = new PersonFold(SharedDifficulties.NONE);
        assertThat(withoutLayer.append(PersonState.NEW, early).session().misses())
                .isEqualTo(withoutLayer.append(PersonState.NEW, late).session().misses());
    }

    @Test
    void theLayerLearnsFromTimelyAnswersOfTheEpochUnderWay() {
        PersonEntry.Answer first = Logs.answer("a", "x", 9 * Logs.DAY, 9, true);
        PersonEntry.Answer second = Logs.answer("b", "x", 11 * Logs.DAY, 11, true);
        PersonEntry.Answer third = Logs.answer("c", "x", 12 * Logs.DAY, 12, true);
        PersonState state = fold.append(PersonState.NEW, List.of(first, second, third));
        assertThat(state.layerEvidence().answers())
                .as("of the epoch of the last")
                .isEqualTo(2);
        PersonState late = fold.append(
                PersonState.NEW, List.of(second, new PersonEntry.Answer(third.key(), third.answered(), false)));
        assertThat(late.layerEvidence().answers()).isEqualTo(1);
    }

    @Test
    void bytesKeepEveryBit() {
        for (int seed = 0; seed < LOGS; seed++) {
            PersonState state = fold.replay(Logs.random(new SplittableRandom(seed), ENTRIES));
            PersonState read = PersonStateCodec.decode(bytes(state));
            assertThat(read).as("seed %d", seed).isEqualTo(state);
            assertThat(bytes(read)).isEqualTo(bytes(state));
        }
        assertThat(PersonStateCodec.decode(bytes(PersonState.NEW))).isEqualTo(PersonState.NEW);
    }

    @Test
    void bytesOfAnotherVersionAreNotRead() {
        byte[] bytes = bytes(PersonState.NEW);
        bytes[0] = 99;
        assertThat(PersonStateCodec.isCurrent(bytes)).isFalse();
        assertThat(PersonStateCodec.isCurrent(new byte[0])).isFalse();
        assertThatThrownBy(() -> PersonStateCodec.decode(bytes)).hasMessageContaining("version 99");
    }

    @Test
    void evidenceOfAllPeopleAddsUpInAnyOrder() {
        List<PersonState> people = new ArrayList<>();
        for (int seed = 0; seed < 20; seed++) {
            people.add(fold.replay(Logs.random(new SplittableRandom(seed), ENTRIES)));
        }
        Evidence forwards = Evidence.NONE;
        for (PersonState person : people) {
            forwards = forwards.plus(person.evidence().getOrDefault(SharedKey.EVERYTHING, Evidence.NONE));
        }
        Evidence backwards = Evidence.NONE;
        for (PersonState person : people.reversed()) {
            backwards = person.evidence()
                    .getOrDefault(SharedKey.EVERYTHING, Evidence.NONE)
                    .plus(backwards);
        }
        assertThat(forwards.answers()).isPositive();
        assertThat(forwards).isEqualTo(backwards);
    }
}
