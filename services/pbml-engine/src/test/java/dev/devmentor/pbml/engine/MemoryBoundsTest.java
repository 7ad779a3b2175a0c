package dev.devmentor.pbml.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.pbml.engine.confidence.Calibrator;
import dev.devmentor.pbml.engine.drift.ModelScores;
import dev.devmentor.pbml.engine.related.Commit;
import dev.devmentor.pbml.engine.related.Prior;
import dev.devmentor.pbml.engine.related.RelatedFiles;
import dev.devmentor.pbml.engine.sequence.Alphabet;
import dev.devmentor.pbml.engine.sequence.SequenceLimits;
import dev.devmentor.pbml.engine.sequence.SequenceMixture;
import dev.devmentor.pbml.engine.sequence.SequenceQuestion;
import dev.devmentor.pbml.engine.study.Answer;
import dev.devmentor.pbml.engine.study.EventReference;
import dev.devmentor.pbml.engine.study.StudyLimits;
import dev.devmentor.pbml.engine.study.StudyPatterns;
import dev.devmentor.pbml.engine.template.Limits;
import dev.devmentor.pbml.engine.template.Template;
import dev.devmentor.pbml.engine.template.TemplateMiner;
import dev.devmentor.pbml.engine.trace.LineAssembler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What each engine keeps on the heap stays below its documented bound, whatever comes. Measured, not estimated. With
 * {@code -Ddevmentor.long=true} 10^7 lines and symbols and 10^6 commits; the table in docs/pbml.md is what is printed then.
 */
class MemoryBoundsTest {

    private static final boolean LONG = Boolean.getBoolean("devmentor.long");
    private static final int LINES = LONG ? 10_000_000 : 300_000;
    private static final long KIB = 1 << 10;
    private static final long MIB = 1 << 20;

    /** A miner with 64 MiB needs them all in the long run only: the tests' process has 768 MiB. */
    private static final Limits SMALL = new Limits(500, 1_000, 192, 4_096, 2 << 20);

    /** Lines that are made to take up memory. */
    private enum Flood {
        /** Words that never come again. */
        WORDS {
            @Override
            String line(SplittableRandom random, int i) {
                StringBuilder line = new StringBuilder();
                for (int w = random.nextInt(1, 12); w > 0; w--) {
                    line.append(word(random)).append(' ');
                }
                return line.toString();
            }
        },
        /** Families that become one group each, time and again, of long lines: what is merged has to go. */
        FAMILIES {
            @Override
            String line(SplittableRandom random, int i) {
                return "family " + letters(i / 12) + " " + "of words ".repeat(80) + letters(i % 12 + 100) + " ends";
            }
        },
        /** Lists of every length, of ever new statements. */
        LISTS {
            @Override
            String line(SplittableRandom random, int i) {
                return "list " + letters(i / 40) + " has" + " 17,".repeat(1 + i % 40) + " and ends";
            }
        },
        /** As long as a line may be, one word in it. */
        LONG_WORDS {
            @Override
            String line(SplittableRandom random, int i) {
                return letters(i) + " " + "x".repeat(4_080);
            }
        },
        /** As many tokens as a line may have, and as many different gaps. */
        TOKENS {
            @Override
            String line(SplittableRandom random, int i) {
                StringBuilder line = new StringBuilder(letters(i)).append(' ');
                for (int t = 0; t < 200; t++) {
                    line.append((char) ('a' + random.nextInt(26)))
                            .append(",;|=".charAt(t % 4))
                            .append("[[[[ ".substring(t % 4));
                }
                return line.toString();
            }
        },
        /** Variable parts of every kind behind words that never come again. */
        TYPED {
            @Override
            String line(SplittableRandom random, int i) {
                return word(random)
                        + " 10.0.0.1:80 0xdeadbeef 17ms 5.2 KB a@b.com /var/log/x https://h/x v1.2.3 () true"
                        + " 550e8400-e29b-41d4-a716-446655440000 name=\"a b\" " + word(random) + i;
            }
        },
        /** One after the other. */
        ALL {
            @Override
            String line(SplittableRandom random, int i) {
                return values()[i % (values().length - 1)].line(random, i / (values().length - 1));
            }
        };

        abstract String line(SplittableRandom random, int i);

        static String word(SplittableRandom random) {
            StringBuilder word = new StringBuilder();
            for (int i = random.nextInt(4, 12); i > 0; i--) {
                word.append((char) ('a' + random.nextInt(26)));
            }
            return word.toString();
        }

        /** Another word for each number; no digits, which would make it a variable part. */
        static String letters(int number) {
            StringBuilder word = new StringBuilder("q");
            for (int left = number; left > 0; left /= 26) {
                word.append((char) ('a' + left % 26));
            }
            return word.append('q').toString();
        }
    }

    @ParameterizedTest
    @EnumSource(Flood.class)
    void aMinerKeepsNoMoreThanItsLimits(Flood flood) {
        floods(flood, SMALL, LONG && flood != Flood.ALL ? LINES / 10 : LINES / 12);
    }

    /** Room for many templates, and few bytes: long lines are at the bytes' limit with few templates. */
    @ParameterizedTest
    @EnumSource(Flood.class)
    void norDoesOneWhoseBytesAreUsedUpLongBeforeItsTemplates(Flood flood) {
        floods(flood, new Limits(10_000, 1_000, 192, 4_096, 2 << 20), LINES / 12);
    }

    @Test
    void aMinerWithTheUsualLimitsKeepsNoMoreEither() {
        floods(Flood.ALL, Limits.DEFAULT, LONG ? LINES : LINES / 3);
    }

    private static void floods(Flood flood, Limits limits, int lines) {
        long retained = Heap.retainedBy(() -> flooded(flood, limits, lines));
        // Templates, merged ids that still resolve, tables that every miner has.
        within(
                retained,
                limits.bytes() + 128L * limits.merges() + MIB,
                "template miner, " + limits.bytes() / MIB + " MiB, "
                        + flood.name().toLowerCase(Locale.ROOT) + ", " + lines + " lines");
    }

    private static TemplateMiner flooded(Flood flood, Limits limits, int lines) {
        TemplateMiner miner = new TemplateMiner(limits);
        SplittableRandom random = new SplittableRandom(29);
        for (int i = 0; i < lines; i++) {
            miner.add(flood.line(random, i));
            if (i % 50 == 0) {
                miner.add("job " + i + " of the real program was done in " + i + "ms");
            }
            assertThat(miner.size()).isLessThanOrEqualTo(limits.templates());
        }
        if (flood != Flood.LISTS) { // each of those comes forty times: as much of a statement as the real one
            assertThat(miner.templates())
                    .filteredOn(template -> template.text().equals("job <*> of the real program was done in <*>"))
                    .singleElement()
                    .extracting(Template::count)
                    .isEqualTo((lines + 49) / 50L);
        }
        return miner;
    }

    @Test
    void anAssemblerKeepsNoMoreThanATrace() {
        SplittableRandom random = new SplittableRandom(30);
        String[] begins = {"Traceback (most recent call last):", "a.BException: c", "panic: x", "goroutine 1 [running]:"
        };
        String[] goesOn = {
            "  File \"a.py\", line 1, in f", "\tat a.B.c(B.java:1)", "\t/a/main.go:1 +0x1", "\tat a.B.c(B.java:1)"
        };
        for (int kind = 0; kind < begins.length; kind++) {
            int of = kind;
            long retained = Heap.retainedBy(() -> {
                LineAssembler assembler = new LineAssembler();
                assembler.accept(begins[of]);
                for (int i = 0; i < LINES / 4; i++) {
                    assembler.accept(goesOn[of] + " ".repeat(random.nextInt(200)) + i);
                }
                return assembler;
            });
            within(
                    retained,
                    2L * 256 * KIB + 4_000 * 64 + 256 * KIB,
                    "line assembler, " + LINES / 4 + " lines of a trace");
        }
    }

    @Test
    void aMixtureKeepsNoMoreThanItsTransitions() {
        SequenceLimits limits = new SequenceLimits(50_000, 1_000, 20_000, 256, 64, 1 << 20);
        for (boolean last : new boolean[] {false, true}) {
            int symbols = LONG ? LINES : LINES / 3;
            long retained = Heap.retainedBy(() -> {
                SequenceMixture mixture = new SequenceMixture(new SequenceQuestion(1, 5, last), limits);
                for (int i = 0; i < symbols; i++) {
                    mixture.observe(i / 1_000 % 200, i & (1 << 20) - 1);
                    if (i % 1_000 == 999 && i / 1_000 % 3 == 0) {
                        mixture.close(i / 1_000 % 200);
                    }
                }
                return mixture;
            });
            // For each symbol a place of four bytes among the postings; a pair of trees if the end is what is asked
            // for.
            within(
                    retained,
                    120L * limits.transitions() * (last ? 2 : 1)
                            + 64L * limits.storedSymbols()
                            + 8L * limits.symbols()
                            + MIB,
                    "sequence mixture, 50 000 transitions, " + (last ? "last" : "next") + ", " + symbols
                            + " new symbols");
        }
    }

    @Test
    void anAlphabetKeepsNoMoreThanItsTexts() {
        int texts = LONG ? LINES : LINES / 3;
        long retained = Heap.retainedBy(() -> {
            Alphabet alphabet = new Alphabet(10_000);
            for (int i = 0; i < texts; i++) {
                alphabet.add("command-" + i + "-" + "x".repeat(i % 2_000));
            }
            return alphabet;
        });
        within(retained, 10_000 * (1_024 + 160), "alphabet of 10 000, " + texts + " texts");
    }

    @Test
    void aHistoryKeepsNoMoreThanItsBounds() {
        RelatedFiles.Bounds bounds = new RelatedFiles.Bounds(2_000, 2_000, 20_000, 100, 256);
        int commits = LONG ? 1_000_000 : 6_000;
        long retained = Heap.retainedBy(() -> {
            RelatedFiles related = new RelatedFiles(bounds, Prior.shipped());
            for (int i = 0; i < commits; i++) {
                related.observe(new Commit(
                        "commit-" + i,
                        Instant.ofEpochSecond(60L * i),
                        "author-" + i,
                        List.of(
                                new Commit.Change(Commit.Kind.ADDED, path(2 * i)),
                                new Commit.Change(Commit.Kind.MODIFIED, path(2 * i + 1)))));
            }
            return related;
        });
        within(
                retained,
                2_000 * 4 * KIB + 20_000 * 24 + 2_000 * 256 + MIB,
                "related files, 2 000 files, " + commits + " commits");
    }

    private static String path(int i) {
        String name = Flood.letters(i);
        return "src/" + name + "/" + name + "One" + name + "Two/" + name.repeat(6) + "Name" + i + ".java";
    }

    @Test
    void studyPatternsKeepNoMoreThanTheirAnswers() {
        int answers = LONG ? 1_000_000 : 60_000;
        long retained = Heap.retainedBy(() -> {
            StudyPatterns patterns = new StudyPatterns();
            for (int i = 0; i < answers; i++) {
                patterns.observe(new Answer(
                        "item-" + i,
                        List.of("skill-" + i, "s" + i),
                        1_000_000L * i,
                        i % 1_440,
                        i % 3 == 0,
                        900,
                        new EventReference("/source/" + i, "event-" + i)));
            }
            return patterns;
        });
        StudyLimits limits = StudyLimits.DEFAULT;
        within(
                retained,
                640L * limits.answers() + 256L * limits.items() + 2L * limits.characters() + MIB,
                "study patterns, " + answers + " answers");
    }

    @Test
    void scoresKeepNoMoreThanTheirBuckets() {
        int predictions = LONG ? LINES : LINES / 3;
        long retained = Heap.retainedBy(() -> {
            ModelScores scores = new ModelScores(Duration.ofHours(1), 24, 20);
            for (int i = 0; i < predictions; i++) {
                scores.add(
                        "model-" + i % 1_000, Instant.ofEpochSecond(3_600L * (i / 1_000)), i % 100 / 100.0, i % 3 == 0);
            }
            return scores;
        });
        within(retained, 20 * 25 * KIB + 256 * KIB, "model scores, 20 models, " + predictions + " predictions");
    }

    @Test
    void aCalibratorIsOfOneSize() {
        long retained = Heap.retainedBy(() -> {
            Calibrator calibrator = new Calibrator();
            for (int i = 0; i < LINES; i++) {
                calibrator.learn(i % 1_001 / 1_000.0, i % 7 == 0);
            }
            return calibrator;
        });
        within(retained, 256 * KIB, "calibrator, " + LINES + " outcomes");
    }

    private static void within(long retained, long bound, String what) {
        System.out.printf(
                Locale.ROOT, "| %s | %.1f MiB | %.1f MiB |%n", what, bound / (double) MIB, retained / (double) MIB);
        assertThat(retained).as(what).isLessThanOrEqualTo(bound);
    }

    @RepeatedTest(5)
    void theMeasureSeesWhatIsKept() {
        Supplier<byte[]> eight = () -> new byte[8 << 20];
        assertThat(Heap.retainedBy(eight)).isBetween(8 * MIB - 256 * KIB, 8 * MIB + 256 * KIB);
    }
}
