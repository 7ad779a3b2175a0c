package dev.devmentor.deterministic;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.junit.jupiter.api.Test;

class TablesTest {

    @Test
    void powersOfTwoAreRoundedCorrectlyAndTheirRestIsKept() {
        for (int j = 0; j < 128; j++) {
            BigDecimal exact = Precise.exp(
                    Precise.LN2.multiply(BigDecimal.valueOf(j)).divide(BigDecimal.valueOf(128), Precise.DIGITS));
            double rounded = exact.doubleValue();
            double rest = exact.subtract(new BigDecimal(rounded))
                    .divide(new BigDecimal(rounded), Precise.DIGITS)
                    .doubleValue();
            assertThat(Double.longBitsToDouble(Tables.EXP[2 * j + 1] + ((long) j << 45)))
                    .isEqualTo(rounded);
            if (j == 0) {
                assertThat(Double.longBitsToDouble(Tables.EXP[0])).isZero();
            } else {
                assertThat(Double.longBitsToDouble(Tables.EXP[2 * j])).isEqualTo(rest);
            }
        }
    }

    @Test
    void logarithmsAreSplitIntoAShortUpperPartAndItsRest() {
        BigDecimal scale = BigDecimal.TWO.pow(43);
        for (int i = 0; i < 128; i++) {
            double inverse = Tables.LOG[4 * i];
            assertThat(inverse * 4096).isEqualTo(Math.rint(inverse * 4096));
            BigDecimal exact =
                    inverse == 1 ? BigDecimal.ZERO : Precise.log(inverse).negate();
            BigDecimal upper =
                    exact.multiply(scale).setScale(0, RoundingMode.HALF_EVEN).divide(scale, Precise.DIGITS);
            assertThat(Tables.LOG[4 * i + 1]).isEqualTo(upper.doubleValue());
            assertThat(Tables.LOG[4 * i + 2]).isEqualTo(exact.subtract(upper).doubleValue());
        }
    }

    @Test
    void theStretchAroundOneHasTheLogarithmZero() {
        assertThat(Tables.LOG[4 * 75]).isEqualTo(1.0);
        assertThat(Tables.LOG[4 * 75 + 1]).isZero();
        assertThat(Tables.LOG[4 * 75 + 2]).isZero();
    }
}
