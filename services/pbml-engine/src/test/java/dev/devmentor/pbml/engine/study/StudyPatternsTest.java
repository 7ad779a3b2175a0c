package dev.devmentor.pbml.engine.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devmentor.pbml.engine.study.SimulatedPerson.Life;
import dev.devmentor.pbml.engine.study.SimulatedPerson.Planted;
import dev.devmentor.pbml.engine.study.StudyPattern.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StudyPatternsTest {

    private static final long MINUTE = 60_000_000L;
    private static final long DAY = 24 * 60 * MINUTE;
    private static final long START = 1_700_000_000_000_000L;

    @Test
    void twoItemsMissedOnTheSameDaysGoTogether() {
        StudyPatterns patterns = SimulatedPerson.observed(everyFourthDayBothMissed("rebase", "reflog"));

        StudyPattern found = patterns.patterns().getFirst();

        assertThat(patterns.patterns()).hasSize(1);
        assertThat(found.kind()).isEqualTo(Kind.MISTAKE);
        assertThat(found.items()).containsExactly("rebase", "reflog");
        assertThat(found.support()).isEqualTo(9);
        assertThat(found.explanation())
                .startsWith("rebase and reflog were missed together in 9 of the 39 sittings that asked both;")
                .endsWith("their own rates explain 2.2.");
        assertThat(found.confidence()).isBetween(0.97, 1.0);
        assertThat(found.evidence())
                .hasSize(10)
                .startsWith(new EventReference("/learning", "36-reflog"), new EventReference("/learning", "36-rebase"));
        assertThat(found.id()).isEqualTo("mistake-022e0c3f94bd317ce763808d4fbbe8fa");
    }

    @Test
    void aSittingEndsWithAPauseOfThirtyMinutes() {
        List<Answer> answers = everyFourthDayBothMissed("rebase", "reflog");
        List<Answer> apart = new ArrayList<>();
        for (Answer answer : answers) {
            // an hour after everything else of that day
            long later = answer.item().equals("reflog") ? answer.atMicros() + 60 * MINUTE : answer.atMicros();
            apart.add(new Answer(
                    answer.item(),
                    answer.skills(),
                    later,
                    answer.localMinuteOfDay(),
                    answer.correct(),
                    -1,
                    answer.event()));
        }
        apart.sort(java.util.Comparator.comparingLong(Answer::atMicros));

        assertThat(SimulatedPerson.observed(apart).patterns()).isEmpty();
    }

    @Test
    void whichOfAPairComesFirstMakesNoOtherPattern() {
        StudyPattern one = SimulatedPerson.observed(everyFourthDayBothMissed("rebase", "reflog"))
                .patterns()
                .getFirst();
        StudyPattern other = SimulatedPerson.observed(everyFourthDayBothMissed("reflog", "rebase"))
                .patterns()
                .getFirst();

        assertThat(other.id()).isEqualTo(one.id());
        assertThat(other.items()).isEqualTo(one.items());
        assertThat(other.explanation()).isEqualTo(one.explanation());
        assertThat(other.support()).isEqualTo(one.support());
    }

    @Test
    void evidenceTakenAwayTakesThePatternAway() {
        List<Answer> answers = everyFourthDayBothMissed("rebase", "reflog");
        int support = Integer.MAX_VALUE;
        int rounds = 0;
        for (Optional<StudyPattern> found = only(answers); found.isPresent(); found = only(answers)) {
            assertThat(found.get().support()).isLessThan(support);
            support = found.get().support();
            answers = without(answers, found.get().evidence());
            rounds++;
        }
        assertThat(rounds).isBetween(1, 2);
    }

    @Test
    void everyPatternIsAnotherWithoutItsEvidence() {
        List<Answer> answers = SimulatedPerson.answers(13, Planted.ALL, Life.STEADY);
        List<StudyPattern> found = SimulatedPerson.observed(answers).patterns();
        Set<EventReference> observed =
                answers.stream().map(Answer::event).collect(Collectors.toCollection(HashSet::new));

        assertThat(found).hasSizeGreaterThan(1);
        for (StudyPattern pattern : found) {
            assertThat(pattern.evidence())
                    .isNotEmpty()
                    .hasSizeLessThanOrEqualTo(10)
                    .isSubsetOf(observed);
            assertThat(SimulatedPerson.observed(without(answers, pattern.evidence()))
                            .patterns())
                    .doesNotContain(pattern)
                    .noneMatch(p -> p.id().equals(pattern.id()) && p.support() == pattern.support());
        }
    }

    @Test
    void fadesWhenNothingIsSeenAnyMore() {
        List<Answer> answers = everyFourthDayBothMissed("rebase", "reflog");
        StudyPatterns patterns = SimulatedPerson.observed(answers);

        assertThat(patterns.patterns(answers.getLast().atMicros() + 100 * DAY)).hasSize(1);
        assertThat(patterns.patterns(answers.getLast().atMicros() + 175 * DAY)).isEmpty();
    }

    @Test
    void goesOnAfterASnapshotBitByBit() {
        List<Answer> answers = SimulatedPerson.answers(5, Planted.ALL, Life.STEADY);
        StudyLimits tight = new StudyLimits(900, 30, 50_000, 12);
        for (StudyLimits limits : List.of(StudyLimits.DEFAULT, tight)) {
            StudyPatterns through = new StudyPatterns(limits);
            StudyPatterns stopped = new StudyPatterns(limits);
            for (int i = 0; i < answers.size(); i++) {
                through.observe(answers.get(i));
                stopped.observe(answers.get(i));
                if (i % 211 == 0) {
                    stopped = StudyPatterns.restore(stopped.snapshot(), limits);
                }
            }
            assertThat(stopped.snapshot()).isEqualTo(through.snapshot());
            assertThat(stopped.patterns()).isEqualTo(through.patterns());
        }
    }

    @Test
    void askingChangesNothing() {
        StudyPatterns patterns = SimulatedPerson.observed(SimulatedPerson.answers(5, Planted.ALL, Life.SHORT));
        byte[] before = patterns.snapshot();
        List<StudyPattern> first = patterns.patterns();

        assertThat(patterns.patterns()).isEqualTo(first);
        assertThat(patterns.snapshot()).isEqualTo(before);
    }

    @Test
    void staysWithinItsLimitsUnderAHundredThousandItems() {
        StudyPatterns patterns = new StudyPatterns();
        String text = "x".repeat(200);
        for (int i = 0; i < 100_000; i++) {
            String item = text + i;
            patterns.observe(
                    answer(item, List.of(text + "-skill-" + i % 1_000), START + i * MINUTE, i % 3 != 0, "" + i));
        }

        assertThat(patterns.items()).isEqualTo(4_096);
        assertThat(patterns.answers()).isLessThanOrEqualTo(8_192);
        assertThat(patterns.snapshot()).hasSizeLessThan(4_000_000);
        assertThat(patterns.patterns()).isEmpty();
    }

    @Test
    void refusesWhatComesOutOfOrderAndLearnsNothingFromIt() {
        StudyPatterns patterns = new StudyPatterns();
        patterns.observe(answer("a", List.of(), START, true, "1"));
        byte[] before = patterns.snapshot();

        assertThatThrownBy(() -> patterns.observe(answer("a", List.of(), START - 1, true, "2")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> patterns.patterns(START - 1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(patterns.snapshot()).isEqualTo(before);
    }

    @Test
    void rapidGuessesSayNothing() {
        List<Answer> answers = everyFourthDayBothMissed("rebase", "reflog").stream()
                .map(a -> new Answer(
                        a.item(),
                        a.skills(),
                        a.atMicros(),
                        a.localMinuteOfDay(),
                        a.correct(),
                        a.correct() ? 900 : 120,
                        a.event()))
                .toList();

        assertThat(SimulatedPerson.observed(answers).patterns()).isEmpty();
    }

    @Test
    void knowsNothingBeforeTheFirstAnswer() {
        StudyPatterns none = new StudyPatterns();

        assertThat(none.patterns()).isEmpty();
        assertThat(none.patterns(START)).isEmpty();
        assertThat(StudyPatterns.restore(none.snapshot()).snapshot()).isEqualTo(none.snapshot());
    }

    private static Optional<StudyPattern> only(List<Answer> answers) {
        List<StudyPattern> found = SimulatedPerson.observed(answers).patterns();
        assertThat(found).hasSizeLessThan(2);
        return found.stream().findFirst();
    }

    private static List<Answer> without(List<Answer> answers, List<EventReference> events) {
        return answers.stream().filter(a -> !events.contains(a.event())).toList();
    }

    /** Forty days: two items are missed together every fourth day, six others each on a day of the week of their own. */
    private static List<Answer> everyFourthDayBothMissed(String first, String second) {
        List<Answer> answers = new ArrayList<>();
        for (int day = 0; day < 40; day++) {
            long at = START + day * DAY;
            answers.add(answer(first, List.of("git"), at, day % 4 != 0, day + "-" + first));
            for (int i = 0; i < 6; i++) {
                at += MINUTE;
                answers.add(answer("other-" + i, List.of("java"), at, day % 7 != i, day + "-other-" + i));
            }
            answers.add(answer(second, List.of("shell"), at + MINUTE, day % 4 != 0, day + "-" + second));
        }
        return answers;
    }

    private static Answer answer(String item, List<String> skills, long at, boolean correct, String id) {
        return new Answer(
                item, skills, at, (int) (at % DAY / MINUTE), correct, -1, new EventReference("/learning", id));
    }
}
