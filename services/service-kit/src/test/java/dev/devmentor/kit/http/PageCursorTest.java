package dev.devmentor.kit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.devmentor.kit.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageCursorTest {
    private record Position(int rank, String item) {}

    private static Position decode(String text) {
        return PageCursor.decode(text, 2, parts -> new Position(Integer.parseInt(parts[0]), parts[1]));
    }

    @Test
    void givesBackWhatWasEncodedAlsoWithColonsAtItsEnd() {
        for (String item : List.of("a", "note:m-1", "", "Straße/x=1&y")) {
            String text = PageCursor.encode(-3, item);
            assertThat(text).matches("[A-Za-z0-9_-]+");
            assertThat(decode(text)).isEqualTo(new Position(-3, item));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "%", "bm90LWEtbnVtYmVyOml0ZW0", "MQ"})
    void refusesWhatTheListDidNotGive(String text) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> decode(text));
    }
}
