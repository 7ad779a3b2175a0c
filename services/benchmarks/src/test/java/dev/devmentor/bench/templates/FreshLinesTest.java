package dev.devmentor.bench.templates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FreshLinesTest {

    private static String[] lines(long seed) {
        String[] lines = new String[50];
        new FreshLines(
                        List.of(new LabelledLog("A", List.of("ssh2  id 9f4ef63 at 10"), List.of("ssh2 id <*> at <*>"))),
                        seed)
                .fill(lines);
        return lines;
    }

    @Test
    void valuesAreNewAndWordsAreNot() {
        assertThat(lines(1)).allMatch(line -> line.matches("ssh2  id [1-9][a-f][1-9][a-f]{2}[1-9]{2} at [1-9][0-9]"));
        assertThat(List.of(lines(1))).doesNotHaveDuplicates();
    }

    @Test
    void theSeedDecidesThem() {
        assertThat(lines(1)).isEqualTo(lines(1)).isNotEqualTo(lines(2));
    }
}
