package dev.devmentor.pbml.engine.owner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.pbml.engine.confidence.Evidence;
import dev.devmentor.pbml.engine.owner.Observation.Stamp;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What can be summed up with what others know: by team, and nothing of one team with another. */
class PatternShareTest {
    private static final long MINUTE = 60_000_000L;

    private long now = OwnerStream.START;
    private int number;
    private final OwnerState state = new OwnerState();

    private Stamp stamp() {
        now += MINUTE;
        number++;
        return new Stamp(new EventKey(now, "/test", "e" + number), new UUID(1, number));
    }

    private void error(@Nullable String team, boolean gone, String... changed) {
        state.apply(new Observation.ErrorMet(
                stamp(),
                "org/app",
                team,
                "build",
                gone,
                "run-" + number,
                "error: cannot open it",
                List.of(changed),
                null,
                List.of()));
    }

    private void judge(String pattern, boolean helped, @Nullable String team) {
        state.apply(new Observation.Judged(stamp(), pattern, helped, team));
    }

    private PatternShare share(String pattern) {
        PatternShare share = state.share(pattern);
        assertThat(share).isNotNull();
        return share;
    }

    private static OwnerState again(OwnerState state) {
        return OwnerState.restore(state.snapshot(), OwnerLimits.DEFAULT);
    }

    @Test
    void aTeamsShareHoldsWhatWasDoneForItAlone() {
        error("red", false);
        error("red", true, "src/Red.java");
        error("blue", false);
        error("blue", true, "src/Blue.java");
        error(null, false);
        error(null, true, "private/Diary.java");
        String id = state.patterns().getFirst().id();

        PatternShare share = share(id);
        assertThat(share.byTeam().keySet()).isEqualTo(Set.of("blue", "red"));
        PatternShare.OfTeam red = share.byTeam().get("red");
        assertThat(red).isNotNull();
        assertThat(red.evidence().count()).isEqualTo(1);
        assertThat(red.fixes())
                .extracting(PatternShare.TeamFix::path, PatternShare.TeamFix::times)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("src/Red.java", 1));
        assertThat(red.members()).hasSize(1);
        OwnerState restored = again(state);
        assertThat(restored.share(id)).isEqualTo(share);
        assertThat(restored.snapshot()).isEqualTo(state.snapshot());
    }

    @Test
    void aFixThatDidNotHelpTheTeamAgainIsTriedThere() {
        error("red", false);
        error("red", true, "src/A.java");
        error("red", false);
        error("red", true, "src/B.java");
        PatternShare.OfTeam red =
                share(state.patterns().getFirst().id()).byTeam().get("red");
        assertThat(red).isNotNull();
        assertThat(red.fixes())
                .extracting(PatternShare.TeamFix::path, fix -> fix.evidence().count(), PatternShare.TeamFix::times)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("src/A.java", 2L, 1),
                        org.assertj.core.groups.Tuple.tuple("src/B.java", 1L, 1));
    }

    @Test
    void whatWasSaidOfAPatternThatOnlyOthersHaveIsKept() {
        judge("error-ffff", true, "red");
        judge("error-ffff", false, "blue");
        judge("error-eeee", true, null);

        Evidence both = Evidence.none()
                .with(Bytes.instant(OwnerStream.START + MINUTE), true, 80)
                .with(Bytes.instant(OwnerStream.START + 2 * MINUTE), false, 80);
        assertThat(state.judgementsOfOthers().getFirst())
                .isEqualTo(new PatternShare.Judgement("error-ffff", both, Set.of("blue", "red")));
        assertThat(state.judgementsOfOthers())
                .extracting(PatternShare.Judgement::pattern)
                .containsExactly("error-ffff", "error-eeee");
        assertThat(state.pattern("error-ffff")).isNull();
        assertThat(again(state).judgementsOfOthers()).isEqualTo(state.judgementsOfOthers());
        assertThat(again(state).snapshot()).isEqualTo(state.snapshot());
    }

    @Test
    void aJudgementGoesToTheOwnersPatternOnceThereIsOne() {
        OwnerState other = new OwnerState();
        other.apply(new Observation.ErrorMet(
                new Stamp(new EventKey(1, "/test", "e"), new UUID(1, 1)),
                "org/app",
                "red",
                "build",
                false,
                "run",
                "error: cannot open it",
                List.of(),
                null,
                List.of()));
        String id = other.patterns().getFirst().id();

        judge(id, false, "red");
        assertThat(state.judgementsOfOthers()).hasSize(1);
        error(null, false);

        assertThat(state.judgementsOfOthers()).isEmpty();
        PatternShare share = share(id);
        assertThat(share.judgement().count()).isEqualTo(1);
        assertThat(share.judgedFor()).isEqualTo(Set.of("red"));
        assertThat(share.byTeam()).isEmpty();
        PatternView view = state.pattern(id);
        assertThat(view).isNotNull();
        assertThat(view.evidence().count()).isEqualTo(2);
    }

    @Test
    void keepsTheLatestThousandJudgementsOfOthersPatterns() {
        for (int i = 0; i <= Judgements.MOST; i++) {
            judge("error-" + i, true, null);
        }
        assertThat(state.judgementsOfOthers()).hasSize(1_000);
        assertThat(state.judgementsOfOthers().getFirst().pattern()).isEqualTo("error-1");
    }
}
