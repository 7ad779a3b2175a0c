package dev.devmentor.pbml.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObservationKindTest {
    /** They stand in the table: none may ever change. */
    @Test
    void codesAreThoseOfTheTable() {
        assertThat(ObservationKind.values())
                .extracting(ObservationKind::code)
                .containsExactly(1, 2, 3, 4, 5, 6, 10, 11, 12, 13, 14, 15, 16, 17, 18);
        for (ObservationKind kind : ObservationKind.values()) {
            assertThat(ObservationKind.of(kind.code())).isSameAs(kind);
            assertThat(kind.isControl()).isEqualTo(kind.compareTo(ObservationKind.RENAME) >= 0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 7, 9, 19, Integer.MAX_VALUE})
    void refusesOtherCodes(int code) {
        assertThatThrownBy(() -> ObservationKind.of(code)).isInstanceOf(IllegalArgumentException.class);
    }
}
