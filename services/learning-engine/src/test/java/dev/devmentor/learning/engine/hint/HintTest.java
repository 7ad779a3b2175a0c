package dev.devmentor.learning.engine.hint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.learning.engine.hint.Hint.Effect;
import dev.devmentor.learning.engine.hint.Hint.Kind;
import dev.devmentor.learning.engine.hint.Hint.State;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HintTest {
    private static Hint of(Kind kind, List<String> items, List<String> skills, List<Integer> hours, int minutes) {
        return new Hint("p", kind, State.ACTIVE, 0.9, items, skills, hours, minutes);
    }

    private static Effect effect(Kind kind, List<String> items, List<String> skills) {
        return of(kind, items, skills, List.of(), 0).effect(true);
    }

    @ParameterizedTest
    @CsvSource({
        "ACTIVE,.5,true,ACTS",
        "ACTIVE,.4999,true,NOT_SURE",
        "CANDIDATE,.99,true,NOT_ACTIVE",
        "STALE,.99,true,NOT_ACTIVE",
        "RETIRED,.99,true,NOT_ACTIVE",
        "ACTIVE,.99,false,SWITCHED_OFF",
    })
    void onlyWhatIsActiveAndSureActs(State state, double confidence, boolean wanted, Effect effect) {
        Hint hint = new Hint("p", Kind.CONFUSION, state, confidence, List.of("a", "b"), List.of(), List.of(), 0);

        assertThat(hint.effect(wanted)).isEqualTo(effect);
    }

    @Test
    void aConfusionIsOfTwoDifferentItems() {
        assertThat(effect(Kind.CONFUSION, List.of("a", "b"), List.of())).isEqualTo(Effect.ACTS);
        assertThat(effect(Kind.CONFUSION, List.of("a", "a"), List.of())).isEqualTo(Effect.NOTHING_TO_ACT_ON);
        assertThat(effect(Kind.CONFUSION, List.of("a"), List.of())).isEqualTo(Effect.NOTHING_TO_ACT_ON);
        assertThat(effect(Kind.CONFUSION, List.of(), List.of("s", "t"))).isEqualTo(Effect.NOTHING_TO_ACT_ON);
    }

    @Test
    void mistakesGoTogetherOfTwoItemsOrOfTwoSkills() {
        assertThat(effect(Kind.MISTAKE, List.of("a", "b"), List.of("s"))).isEqualTo(Effect.ACTS);
        assertThat(effect(Kind.MISTAKE, List.of(), List.of("s", "t"))).isEqualTo(Effect.ACTS);
        assertThat(effect(Kind.MISTAKE, List.of("a", "b", "c"), List.of("s", "t")))
                .isEqualTo(Effect.NOTHING_TO_ACT_ON);
        assertThat(effect(Kind.MISTAKE, List.of(), List.of("s", "s"))).isEqualTo(Effect.NOTHING_TO_ACT_ON);
    }

    @Test
    void aRhythmTellsSomeHoursOrALength() {
        assertThat(of(Kind.RHYTHM, List.of(), List.of(), List.of(7, 8), 0).effect(true))
                .isEqualTo(Effect.ACTS);
        assertThat(of(Kind.RHYTHM, List.of(), List.of(), List.of(), 35).effect(true))
                .isEqualTo(Effect.ACTS);
        assertThat(of(Kind.RHYTHM, List.of(), List.of(), List.of(), 0).effect(true))
                .isEqualTo(Effect.NOTHING_TO_ACT_ON);
        List<Integer> everyHour = IntStream.range(0, 24).boxed().toList();
        assertThat(of(Kind.RHYTHM, List.of(), List.of(), everyHour, 0).effect(true))
                .isEqualTo(Effect.NOTHING_TO_ACT_ON);
    }
}
