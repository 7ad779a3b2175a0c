package dev.devmentor.learning.engine.skill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImplicitCreditTest {
    private static final SkillGraph KAFKA = SkillGraphTest.KAFKA;
    private static final ImplicitCredit CREDIT = ImplicitCredit.DEFAULT;
    private static final long DAY = 86_400_000_000L;

    @Test
    void aRightAnswerCreditsWhatItIsBuiltOnByHalfForEachStep() {
        assertThat(CREDIT.of(KAFKA, List.of("offsets"), true))
                .isEqualTo(Map.of("consumers", 0.5, "partitions", 0.25, "topics", 0.125));
    }

    @Test
    void aWrongAnswerCastsDoubtOnWhatBuildsOnIt() {
        assertThat(CREDIT.of(KAFKA, List.of("consumers"), false))
                .isEqualTo(Map.of("offsets", -0.5, "transactions", -0.25));
        assertThat(CREDIT.of(KAFKA, List.of("transactions"), false)).isEmpty();
    }

    @Test
    void ofSeveralWaysTheStrongestCounts() {
        assertThat(CREDIT.of(KAFKA, List.of("producers", "offsets"), true))
                .isEqualTo(Map.of("consumers", 0.5, "partitions", 0.5, "topics", 0.25));
    }

    @Test
    void nothingFlowsFartherThanTheSteps() {
        assertThat(new ImplicitCredit(0.5, 1).of(KAFKA, List.of("offsets"), true))
                .isEqualTo(Map.of("consumers", 0.5));
    }

    @Test
    void aRepetitionThatComesEarlyCountsForLess() {
        assertThat(ImplicitCredit.timeliness(0.9, 0.9)).isEqualTo(1, within(1e-12));
        assertThat(ImplicitCredit.timeliness(0.5, 0.9)).isEqualTo(1);
        assertThat(ImplicitCredit.timeliness(0.98, 0.9)).isEqualTo(0.2, within(1e-12));
        assertThat(ImplicitCredit.timeliness(1, 0.9)).isZero();
    }

    @Test
    void creditClosesAPartOfWhatIsForgottenAndAPenaltyTakesAPartOfWhatIsKnown() {
        assertThat(ImplicitCredit.recall(0.8, 0.5)).isEqualTo(0.9, within(1e-12));
        assertThat(ImplicitCredit.recall(0.8, -0.25)).isEqualTo(0.6, within(1e-12));
        assertThat(ImplicitCredit.recall(0.8, 0)).isEqualTo(0.8);
    }

    @Test
    void aLedgerFadesByHalfInAWeekAndIsPaidOffByAnAnswerOfItsOwn() {
        CreditLedger after = CreditLedger.EMPTY.after(KAFKA, CREDIT, List.of("offsets"), true, 0);

        assertThat(after.of("consumers", 0)).isEqualTo(0.5);
        assertThat(after.of("consumers", 7 * DAY)).isEqualTo(0.25, within(1e-12));
        assertThat(after.of("producers", 0)).isZero();
        CreditLedger again = after.after(KAFKA, CREDIT, List.of("offsets"), true, 7 * DAY);
        assertThat(again.of("consumers", 7 * DAY)).isEqualTo(0.75, within(1e-12));
        assertThat(again.after(KAFKA, CREDIT, List.of("consumers"), true, 8 * DAY)
                        .of("consumers", 8 * DAY))
                .isZero();
    }

    @Test
    void aLedgerStaysWithinOne() {
        CreditLedger ledger = CreditLedger.EMPTY;
        for (int i = 0; i < 10; i++) {
            ledger = ledger.after(KAFKA, CREDIT, List.of("offsets"), true, i);
        }
        assertThat(ledger.of("consumers", 9)).isEqualTo(1);
        for (int i = 0; i < 10; i++) {
            ledger = ledger.after(KAFKA, CREDIT, List.of("partitions"), false, 10 + i);
        }
        assertThat(ledger.of("consumers", 19)).isEqualTo(-1);
    }

    @Test
    void parametersOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new ImplicitCredit(1, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ImplicitCredit(0.5, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
