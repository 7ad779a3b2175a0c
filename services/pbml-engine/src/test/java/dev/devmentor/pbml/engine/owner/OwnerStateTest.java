package dev.devmentor.pbml.engine.owner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devmentor.pbml.engine.confidence.LifeState;
import dev.devmentor.pbml.engine.owner.Observation.ChangedFile;
import dev.devmentor.pbml.engine.owner.Observation.FileChange;
import dev.devmentor.pbml.engine.owner.Observation.Stamp;
import dev.devmentor.pbml.engine.template.MessageMask;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** One owner's observations teach the same, however they were cut into pieces, and nothing without its evidence. */
class OwnerStateTest {
    private static final long MINUTE = 60_000_000L;
    private static final long DAY = 24 * 60 * MINUTE;
    private static final boolean LONG = Boolean.getBoolean("devmentor.long");

    private long now = OwnerStream.START;
    private int number;

    private Stamp stamp(long later) {
        now += later;
        number++;
        return new Stamp(new EventKey(now, "/test", "e" + number), new UUID(1, number));
    }

    private Observation error(int which, boolean gone, long later) {
        return new Observation.ErrorMet(
                stamp(later),
                "org/app",
                "red",
                "build",
                gone,
                "run-" + number,
                OwnerStream.trace(which, number),
                List.of(),
                null,
                List.of());
    }

    private Observation commit(long later, String... paths) {
        List<ChangedFile> files = new ArrayList<>();
        for (String path : paths) {
            files.add(new ChangedFile(path, FileChange.MODIFIED));
        }
        return new Observation.CodeChange(stamp(later), "org/app", "red", true, files);
    }

    private static OwnerState fold(List<Observation> observations) {
        OwnerState state = new OwnerState();
        observations.forEach(state::apply);
        return state;
    }

    @Test
    void givesTheSameBytesHoweverOftenItWasStoredInBetween() {
        for (int seed = 1; seed <= (LONG ? 40 : 3); seed++) {
            List<Observation> stream = OwnerStream.of(seed, 1_500);
            OwnerState whole = fold(stream);
            Random random = new Random(seed);
            OwnerState pieces = new OwnerState();
            for (Observation observation : stream) {
                pieces.apply(observation);
                if (random.nextInt(60) == 0) {
                    pieces = OwnerState.restore(pieces.snapshot(), OwnerLimits.DEFAULT);
                }
            }
            whole.lookAtLearning();
            pieces.lookAtLearning();
            assertThat(pieces.snapshot()).isEqualTo(whole.snapshot());
            assertThat(pieces.patterns()).isEqualTo(whole.patterns());
        }
    }

    @Test
    void askingChangesNothing() {
        OwnerState state = fold(OwnerStream.of(5, 800));
        byte[] before = state.snapshot();
        state.nextActions(state.folded().atMicros(), 10);
        state.nextActionsAfter(List.of("store a note", "unheard of"), 10);
        state.relatedFiles(
                "org/main",
                List.of("src/main/java/m/Service1.java"),
                state.folded().atMicros(),
                10);
        state.relatedFiles("org/unknown", List.of("a/B.java"), state.folded().atMicros(), 10);
        state.likelyErrors(
                "org/main",
                List.of("src/main/java/m/Service1.java"),
                state.folded().atMicros(),
                10);
        state.match(ErrorText.read(OwnerStream.trace(2, 99), new MessageMask()));
        state.match(ErrorText.read("never seen before", new MessageMask()));
        state.patterns();
        assertThat(state.snapshot()).isEqualTo(before);
    }

    /** Two questions of one skill that are mixed up: missed by four of five soon after the other, seldom otherwise; for half a year. */
    private List<Observation> mixedUp() {
        Random random = new Random(12);
        List<Observation> stream = new ArrayList<>();
        for (int day = 0; day < 170; day++) {
            List<Integer> sitting = new ArrayList<>();
            now += DAY - now % DAY;
            for (int left = 18 + random.nextInt(14); left > 0; left--) {
                int item = random.nextInt(40);
                if (sitting.contains(item)) {
                    continue;
                }
                boolean beside = item < 2
                        && sitting.subList(Math.max(0, sitting.size() - 8), sitting.size())
                                .contains(1 - item);
                stream.add(new Observation.Answered(
                        stamp(MINUTE),
                        "item-" + item,
                        List.of("skill-" + item / 5),
                        random.nextInt(100) < (beside ? 18 : item < 2 ? 88 : 70),
                        4_000,
                        600));
                sitting.add(item);
            }
        }
        return stream;
    }

    @Test
    void whatIsFoundInAnswersDoesNotDependOnWhenSomebodyLookedBefore() {
        List<Observation> stream = mixedUp();
        OwnerState often = new OwnerState();
        OwnerState once = new OwnerState();
        for (int i = 0; i < stream.size(); i++) {
            often.apply(stream.get(i));
            once.apply(stream.get(i));
            if (i % 400 == 399) {
                often.lookAtLearning();
            }
            if (i % 900 == 899) {
                often = OwnerState.restore(often.snapshot(), OwnerLimits.DEFAULT);
            }
        }
        often.lookAtLearning();
        once.lookAtLearning();
        assertThat(once.patterns())
                .filteredOn(view -> view.kind() == PatternKind.CONFUSION)
                .extracting(PatternView::items, PatternView::state)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(List.of("item-0", "item-1"), LifeState.ACTIVE));
        assertThat(often.patterns()).isEqualTo(once.patterns());
        assertThat(often.snapshot()).isEqualTo(once.snapshot());
    }

    @Test
    void whatAPersonDecidesOfAPatternOfLearningStaysWithItWhetherItIsFoundNowOrNot() {
        OwnerState state = fold(mixedUp());
        state.lookAtLearning();
        String id = state.patterns().stream()
                .filter(view -> view.kind() == PatternKind.CONFUSION)
                .findFirst()
                .orElseThrow()
                .id();
        OwnerState restored = OwnerState.restore(state.snapshot(), OwnerLimits.DEFAULT);
        assertThat(restored.pattern(id)).isNull();
        for (OwnerState each : List.of(state, restored)) {
            each.apply(new Observation.Renamed(
                    new Stamp(new EventKey(now + 1, "/s", "r"), new UUID(2, 1)), id, "those two"));
            each.apply(new Observation.Retired(new Stamp(new EventKey(now + 2, "/s", "t"), new UUID(2, 2)), id, true));
        }
        restored.lookAtLearning();
        assertThat(restored.pattern(id))
                .extracting(PatternView::title, PatternView::state)
                .containsExactly("those two", LifeState.RETIRED);
        assertThat(state.pattern(id))
                .extracting(PatternView::title, PatternView::state)
                .containsExactly("those two", LifeState.RETIRED);
        assertThat(restored.snapshot()).isEqualTo(state.snapshot());
    }

    @Test
    void refusesWhatComesLate() {
        List<Observation> stream = OwnerStream.of(2, 10);
        OwnerState state = fold(stream);
        byte[] before = state.snapshot();
        assertThatThrownBy(() -> state.apply(stream.get(4))).isInstanceOf(IllegalArgumentException.class);
        assertThat(state.snapshot()).isEqualTo(before);
    }

    @Test
    void namesWhatFixedAnErrorAndForgetsItWithoutTheEvent() {
        List<Observation> stream = List.of(
                error(1, false, MINUTE),
                commit(MINUTE, "src/Service1.java", "docs/x.md"),
                error(1, true, MINUTE),
                error(1, false, DAY));
        OwnerState state = fold(stream);
        OwnerState.KnownText known = state.match(ErrorText.read(OwnerStream.trace(1, 7), new MessageMask()));
        assertThat(known).isNotNull();
        assertThat(known.how()).isEqualTo("exact");
        assertThat(known.pattern().support()).isEqualTo(2);

        List<Likely> fixes = state.likelyFixes(known.pattern().id(), 5);
        assertThat(fixes).extracting(Likely::subject).containsExactly("src/Service1.java", "docs/x.md");
        assertThat(fixes.getFirst().refs())
                .containsExactly(stream.get(2).stamp().ref());

        OwnerState without = fold(List.of(stream.get(0), stream.get(1), stream.get(3)));
        assertThat(without.likelyFixes(known.pattern().id(), 5)).isEmpty();
        OwnerState otherFiles = fold(List.of(stream.get(0), stream.get(2), stream.get(3)));
        assertThat(otherFiles.likelyFixes(known.pattern().id(), 5)).isEmpty();
    }

    @Test
    void takesErrorsWithTheSameInnermostFramesForOne() {
        String other =
                OwnerStream.trace(1, 5).replace("com.acme.Main.run(Main.java", "com.acme.Batch.start(Batch.java");
        // Two own frames make the loose fingerprint; a third one is what differs here.
        String deep = OwnerStream.trace(1, 5) + "\tat com.acme.Other.go(Other.java:9)\n";
        OwnerState state = new OwnerState();
        state.apply(error(1, false, MINUTE));
        state.apply(text(deep, MINUTE));
        state.apply(text(other, MINUTE));
        List<PatternView> errors = state.patterns().stream()
                .filter(view -> view.kind() == PatternKind.ERROR)
                .toList();
        assertThat(errors).hasSize(2);
        assertThat(errors.getFirst().parts()).hasSize(2);
        assertThat(errors.getFirst().support()).isEqualTo(2);
    }

    private Observation text(String text, long later) {
        return new Observation.ErrorMet(
                stamp(later), "org/app", null, "build", false, null, text, List.of(), null, List.of());
    }

    @Test
    void tellsCompilersErrorsApartByTheirFiles() {
        OwnerState state = new OwnerState();
        state.apply(text("[ERROR] /w/1/src/A.java:[3,5] cannot find symbol\n  symbol: class X", MINUTE));
        state.apply(text("[ERROR] /w/2/src/A.java:[9,1] cannot find symbol\n  symbol: class X", MINUTE));
        state.apply(text("[ERROR] /w/2/src/B.java:[9,1] cannot find symbol\n  symbol: class X", MINUTE));
        assertThat(state.patterns().stream().filter(view -> view.kind() == PatternKind.ERROR))
                .extracting(PatternView::title, PatternView::support)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("[ERROR] <*>:[<*>,<*>] cannot find symbol (A.java)", 2),
                        org.assertj.core.groups.Tuple.tuple("[ERROR] <*>:[<*>,<*>] cannot find symbol (B.java)", 1));
    }

    @Test
    void countsTheSameErrorOfOneRunOnce() {
        OwnerState state = new OwnerState();
        for (int i = 0; i < 5; i++) {
            state.apply(new Observation.ErrorMet(
                    stamp(MINUTE),
                    null,
                    null,
                    "test",
                    false,
                    "run-1",
                    OwnerStream.trace(1, i),
                    List.of(),
                    null,
                    List.of()));
        }
        assertThat(state.patterns().getFirst().support()).isEqualTo(1);
    }

    @Test
    void partsWhatWasPutTogetherWithoutLoss() {
        List<Observation> stream = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            stream.add(error(1, false, DAY));
            stream.add(error(2, false, DAY));
        }
        OwnerState apart = fold(stream);
        List<PatternView> before = apart.patterns();
        assertThat(before).hasSize(2);
        PatternView one = before.get(0);
        PatternView other = before.get(1);

        apart.apply(new Observation.Merged(stamp(MINUTE), one.id(), List.of(other.id(), "error-unknown")));
        PatternView both = apart.pattern(other.id());
        assertThat(both).isNotNull();
        assertThat(both.id()).isEqualTo(one.id());
        assertThat(both.evidence()).isEqualTo(one.evidence().plus(other.evidence()));
        assertThat(both.support()).isEqualTo(8);
        assertThat(both.lineage()).extracting(PatternView.Lineage::pattern).containsExactly(other.id());
        assertThat(apart.takeRemoved()).containsExactly(other.id());

        apart.apply(new Observation.Divided(
                stamp(MINUTE), one.id(), List.of(other.parts().getFirst().key())));
        PatternView again = apart.pattern(other.id());
        assertThat(again).isNotNull();
        assertThat(again.evidence()).isEqualTo(other.evidence());
        PatternView rest = apart.pattern(one.id());
        assertThat(rest).isNotNull();
        assertThat(rest.evidence()).isEqualTo(one.evidence());

        // What a person parted stays apart.
        apart.apply(error(2, false, MINUTE));
        apart.apply(error(1, false, MINUTE));
        assertThat(apart.patterns()).hasSize(2);
    }

    @Test
    void renamesRetiresAndTakesBack() {
        OwnerState state =
                fold(List.of(error(1, false, DAY), error(1, false, DAY), error(1, false, DAY), error(1, false, DAY)));
        String id = state.patterns().getFirst().id();
        state.apply(new Observation.Renamed(stamp(MINUTE), id, "the flaky one"));
        assertThat(state.pattern(id)).extracting(PatternView::title).isEqualTo("the flaky one");
        state.apply(new Observation.Renamed(stamp(MINUTE), id, null));
        assertThat(state.pattern(id))
                .extracting(PatternView::title)
                .isEqualTo("java.lang.IllegalStateException: request <*> failed");
        state.apply(new Observation.Retired(stamp(MINUTE), id, true));
        assertThat(state.pattern(id)).extracting(PatternView::state).isEqualTo(LifeState.RETIRED);
        state.apply(new Observation.Retired(stamp(MINUTE), id, false));
        assertThat(state.pattern(id)).extracting(PatternView::state).isEqualTo(LifeState.ACTIVE);
    }

    @Test
    void makesAPatternOfWhatIsChangedTogether() {
        OwnerState state = new OwnerState();
        for (int i = 0; i < 6; i++) {
            state.apply(commit(DAY, "src/A.java", "test/ATest.java"));
            state.apply(commit(DAY, "README.md"));
        }
        state.apply(commit(DAY, "pom.xml"));
        assertThat(state.patterns().stream().filter(view -> view.kind() == PatternKind.RELATED_FILES))
                .extracting(PatternView::title, PatternView::state, PatternView::support)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(
                                "test/ATest.java changes with src/A.java", LifeState.ACTIVE, 6),
                        org.assertj.core.groups.Tuple.tuple(
                                "src/A.java changes with test/ATest.java", LifeState.ACTIVE, 6));
        assertThat(state.relatedFiles("org/app", List.of("src/A.java"), now, 1))
                .extracting(Likely::subject)
                .containsExactly("test/ATest.java");
        assertThat(state.relatedFiles("org/else", List.of("src/A.java"), now, 1))
                .isEmpty();
    }

    @Test
    void feedbackMovesAPattern() {
        OwnerState state = fold(List.of(error(1, false, DAY), error(1, false, DAY), error(1, false, DAY)));
        PatternView before = state.patterns().getFirst();
        state.apply(new Observation.Judged(stamp(MINUTE), before.id(), false));
        PatternView after = state.pattern(before.id());
        assertThat(after).isNotNull();
        assertThat(after.lower()).isLessThan(before.lower() - 0.2);
    }

    @Test
    void keepsItsBoundsUnderAFlood() {
        OwnerLimits small = new OwnerLimits(
                200,
                8,
                50,
                2,
                new dev.devmentor.pbml.engine.template.Limits(100, 200, 64, 1_024, 1L << 20),
                new dev.devmentor.pbml.engine.sequence.SequenceLimits(2_000, 100, 2_000, 64, 1, 65),
                new dev.devmentor.pbml.engine.sequence.SequenceLimits(2_000, 100, 2_000, 64, 1, 257),
                new dev.devmentor.pbml.engine.related.RelatedFiles.Bounds(200, 200, 1_000, 20, 256),
                new dev.devmentor.pbml.engine.study.StudyLimits(500, 100, 50_000, 20));
        OwnerState state = new OwnerState(small);
        Random random = new Random(4);
        int largest = 0;
        int size = LONG ? 200_000 : 6_000;
        for (int i = 0; i < size; i++) {
            state.apply(text(
                    Long.toString(random.nextLong() >>> 1, 36).replaceAll("[0-9]", "x") + " broke it", MINUTE));
            state.apply(commit(MINUTE, "f" + i + ".java", "g" + random.nextInt(1_000_000) + ".java"));
            if (i % 1_000 == 999) {
                largest = Math.max(largest, state.snapshot().length);
            }
        }
        assertThat(state.size().patterns()).isLessThanOrEqualTo(200);
        assertThat(state.size().templates()).isLessThanOrEqualTo(100);
        assertThat(state.size().files()).isLessThanOrEqualTo(400);
        assertThat(largest).isLessThan(4_000_000);
    }

    @Test
    void refusesBytesThatAreNoSnapshot() {
        byte[] snapshot = fold(OwnerStream.of(1, 200)).snapshot();
        Random random = new Random(8);
        for (int i = 0; i < 300; i++) {
            byte[] damaged = java.util.Arrays.copyOf(snapshot, random.nextInt(snapshot.length));
            assertThatThrownBy(() -> OwnerState.restore(damaged, OwnerLimits.DEFAULT))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
