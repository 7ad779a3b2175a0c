package dev.devmentor.pbml.engine.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever is answered whenever: no failure, patterns in their shape, and state that goes on after a snapshot. */
class StudyFuzzTest {

    private static final int PEOPLE = Boolean.getBoolean("devmentor.long") ? 20_000 : 150;

    @Test
    void nothingBreaksIt() {
        SplittableRandom random = new SplittableRandom(43);
        int patterns = 0;
        for (int i = 0; i < PEOPLE; i++) {
            patterns += fuzz(random.split());
        }
        // the shape is checked of some, as answers often depend on the day or on one another
        assertThat(patterns).isPositive();
    }

    private static int fuzz(SplittableRandom random) {
        StudyLimits limits = new StudyLimits(
                random.nextInt(1, 600), random.nextInt(1, 60), random.nextInt(1, 60_000), random.nextInt(2, 30));
        StudyPatterns patterns = new StudyPatterns(limits);
        int items = random.nextInt(1, 20);
        int skills = random.nextInt(1, 6);
        boolean dependent = random.nextBoolean();
        long pause = 1L << random.nextInt(10, 44);
        long at = random.nextLong(1L << 51);
        Set<EventReference> observed = new HashSet<>();
        for (int k = 0; k < 500; k++) {
            at = Math.min(1L << 53, at + (random.nextInt(8) == 0 ? random.nextLong(pause) : random.nextLong(1L << 27)));
            int item = random.nextInt(items);
            List<String> tested = new ArrayList<>();
            for (int s = random.nextInt(12); s > 0; s--) {
                tested.add("s" + random.nextInt(skills));
            }
            EventReference event = new EventReference("/e", "" + k);
            observed.add(event);
            boolean correct = dependent ? (at >> 35 & 3) != 0 : random.nextBoolean();
            patterns.observe(new Answer(
                    "i" + item, tested, at, random.nextInt(24 * 60), correct, random.nextInt(-1, 3_000), event));
            assertThat(patterns.answers()).isLessThanOrEqualTo(limits.answers());
            assertThat(patterns.items()).isLessThanOrEqualTo(limits.items());
            if (random.nextInt(200) == 0) {
                byte[] snapshot = patterns.snapshot();
                patterns = StudyPatterns.restore(snapshot, limits);
                assertThat(patterns.snapshot()).isEqualTo(snapshot);
            }
        }
        List<StudyPattern> found = patterns.patterns(at + random.nextLong(1L << 44));
        found.forEach(p -> check(p, observed));
        assertThat(found).extracting(StudyPattern::id).doesNotHaveDuplicates();
        return found.size();
    }

    private static void check(StudyPattern pattern, Set<EventReference> observed) {
        assertThat(pattern.confidence()).isBetween(0.97, 1.0);
        assertThat(pattern.id()).matches("(mistake|confusion|rhythm)-[0-9a-f]{32}");
        assertThat(pattern.items()).isSorted().doesNotHaveDuplicates();
        assertThat(pattern.skills()).isSorted().doesNotHaveDuplicates();
        assertThat(pattern.hours()).isSorted().doesNotHaveDuplicates();
        assertThat(pattern.sessionMinutes()).isBetween(0, 90);
        assertThat(pattern.support()).isPositive();
        assertThat(pattern.explanation()).endsWith(".").doesNotContain("NaN", "Infinity");
        assertThat(pattern.evidence())
                .isNotEmpty()
                .hasSizeLessThanOrEqualTo(10)
                .doesNotHaveDuplicates()
                .isSubsetOf(observed);
    }
}
