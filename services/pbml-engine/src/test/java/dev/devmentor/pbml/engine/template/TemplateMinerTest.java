package dev.devmentor.pbml.engine.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TemplateMinerTest {

    /** Time that the thread had a core: others may want it too. */
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private final TemplateMiner miner = new TemplateMiner();

    private List<String> texts() {
        return miner.templates().stream().map(Template::text).toList();
    }

    private Match learn(String... lines) {
        Match last = null;
        for (String line : lines) {
            last = miner.add(line);
        }
        assertThat(last).isNotNull();
        return last;
    }

    @Test
    void linesThatDifferInValuesAreOneTemplate() {
        learn("request 1 took 5ms", "request 22 took 7ms", "request 22  took 1s");
        assertThat(miner.templates())
                .containsExactly(new Template(
                        1,
                        "request <*> took <*>",
                        "request <NUMBER> took <DURATION>",
                        List.of(PartType.NUMBER, PartType.DURATION),
                        3));
    }

    @Test
    void aFewWordsAreStates() {
        learn("link is up", "link is down", "link is unknown");
        assertThat(texts()).containsExactly("link is up", "link is down", "link is unknown");
    }

    @Test
    void manyWordsAreNames() {
        String[] names = {"anna", "bert", "cora", "dora", "emil", "fred", "gina", "hugo"};
        long first = learn("greeting for anna sent").template();
        for (String name : names) {
            learn("greeting for " + name + " sent");
        }
        assertThat(miner.templates())
                .singleElement()
                .isEqualTo(new Template(
                        first, "greeting for <*> sent", "greeting for <TEXT> sent", List.of(PartType.TEXT), 9));
        Match match = learn("greeting for zoe sent");
        assertThat(match.value(0)).isEqualTo("zoe");
        assertThat(match.type(0)).isEqualTo(PartType.TEXT);
    }

    @Test
    void namesWithUnderscoresNeedToBeFewer() {
        learn("volume root_disk full", "volume home_disk full", "volume tmp_disk full");
        assertThat(texts()).containsExactly("volume <*> full");
    }

    @Test
    void twoNamesInALineMayVaryTogether() {
        learn(
                "copy com.acme.a.One over to com.acme.x.Red now",
                "copy com.acme.b.Two over to com.acme.y.Green now",
                "copy com.acme.c.Three over to com.acme.z.Blue now");
        assertThat(texts()).containsExactly("copy <*> over to <*> now");
    }

    @Test
    void theFirstWordIsWhatALineIsAbout() {
        learn(
                "boot done",
                "halt done",
                "wait done",
                "stop done",
                "start done",
                "reset done",
                "sync done",
                "mount done",
                "dump done");
        assertThat(miner.size()).isEqualTo(9);
    }

    @Test
    void nothingButPlacesIsNoTemplate() {
        for (char c = 'a'; c <= 'z'; c++) {
            learn("x " + c + c);
        }
        assertThat(miner.size()).isEqualTo(26);
    }

    @Test
    void listsOfAnyLengthAreOneTemplate() {
        long id = learn("ask 10.0.0.1:80 to delete blk_1").template();
        learn(
                "ask 10.0.0.9:80 to delete blk_4 blk_5",
                "ask 10.0.0.1:80 to delete blk_1 blk_2 blk_3",
                "ask 10.0.0.9:80 to delete blk_6 blk_7");
        assertThat(miner.templates())
                .singleElement()
                .isEqualTo(new Template(
                        id,
                        "ask <*>:<*> to delete <*>",
                        "ask <ADDRESS>:<NUMBER> to delete <ID>",
                        List.of(PartType.ADDRESS, PartType.NUMBER, PartType.ID),
                        4));
        assertThat(learn("ask 10.0.0.9:80 to delete blk_4 blk_5 blk_6 blk_7").parts())
                .isEqualTo(6);
    }

    @Test
    void soAreListsOfPairs() {
        learn("nodes node-1 0x1 <ok>, node-2 0x2 <ok>, node-3 0x3 <ok> left", "nodes node-1 0x1 <ok> left");
        assertThat(texts()).containsExactly("nodes node-<*> <*> <ok> left");
    }

    @Test
    void aFixedNumberOfValuesIsNoList() {
        learn("fans 1 2 3 4", "fans 5 6 7 8");
        assertThat(texts()).containsExactly("fans <*> <*> <*> <*>");
    }

    @Test
    void aValueThatIsAbsentIsAValue() {
        learn("connection from 10.0.0.1 (a.example.com) closed", "connection from 10.0.0.2 () closed");
        assertThat(texts()).containsExactly("connection from <*> (<*>) closed");
    }

    @Test
    void aUnitOfBytesThatVariesBelongsToTheValue() {
        learn("free 5.2 KB, used 17.1 KB");
        assertThat(texts()).containsExactly("free <*> KB, used <*> KB");
        learn("free 1.3 MB, used 2.2 KB");
        assertThat(texts()).containsExactly("free <*>, used <*> KB");
    }

    @Test
    void anOldIdIsKnownAfterAMerge() {
        long first = learn("volume root_disk full").template();
        long second = learn("volume home_disk full").template();
        long third = learn("volume tmp_disk full").template();
        assertThat(second).isNotEqualTo(first);
        assertThat(miner.template(second)).map(Template::id).hasValue(first);
        assertThat(third).isEqualTo(first);
        assertThat(miner.template(first)).map(Template::count).hasValue(3L);
    }

    @Test
    void matchingLearnsNothing() {
        learn("request 1 took 5ms");
        byte[] before = miner.snapshot();
        assertThat(miner.match("request 2 took 6ms")).map(Match::template).hasValue(1L);
        assertThat(miner.match("never seen")).isEmpty();
        assertThat(miner.snapshot()).isEqualTo(before);
    }

    @Test
    void emptyLinesAreALine() {
        learn("", "   ", "\t");
        assertThat(miner.templates()).singleElement().isEqualTo(new Template(1, "", "", List.of(), 3));
    }

    @Test
    void theSameLinesGiveTheSameBytes() {
        TemplateMiner other = new TemplateMiner();
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 20_000; i++) {
            String line = i % 7 == 0 ? Lines.ofFlood(random) : Lines.ofProgram(random);
            miner.add(line);
            other.add(new StringBuilder(line));
        }
        assertThat(miner.snapshot()).isEqualTo(other.snapshot());
    }

    @Test
    void aRestoredMinerGoesOnAsTheOldOneWould() {
        Limits small = new Limits(200, 100, 64, 1_000, 1 << 20);
        for (int seed = 0; seed < 40; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            TemplateMiner old = new TemplateMiner(small);
            int cut = random.nextInt(3_000);
            TemplateMiner restored = null;
            for (int i = 0; i < 3_000; i++) {
                if (i == cut) {
                    restored = TemplateMiner.restore(old.snapshot());
                    assertThat(restored.snapshot()).isEqualTo(old.snapshot());
                }
                int kind = random.nextInt(10);
                String line = kind == 0
                        ? Lines.ofFlood(random)
                        : kind == 1 ? Lines.ofNothing(random, 80) : Lines.ofProgram(random);
                long id = old.add(line).template();
                if (restored != null) {
                    assertThat(restored.add(line).template()).isEqualTo(id);
                }
            }
            assertThat(restored).isNotNull();
            assertThat(restored.snapshot()).isEqualTo(old.snapshot());
            assertThat(restored.templates()).isEqualTo(old.templates());
        }
    }

    @Test
    void refusesASnapshotOfAnotherFormat() {
        byte[] snapshot = miner.snapshot();
        snapshot[0] = 99;
        assertThatThrownBy(() -> TemplateMiner.restore(snapshot))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("snapshot of format 99, known is 1");
    }

    /** 10^7 lines with -Ddevmentor.long=true. */
    @Test
    void aFloodOfLinesThatNeverComeAgainPushesOutNoneThatDo() {
        int lines = Boolean.getBoolean("devmentor.long") ? 10_000_000 : 60_000;
        Limits limits = new Limits(2_000, 1_000, 64, 1_000, 2 << 20);
        TemplateMiner flooded = new TemplateMiner(limits);
        SplittableRandom random = new SplittableRandom(11);
        List<String> statements = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            statements.add(Lines.ofFlood(random) + "is done with job ");
        }
        long first = 0;
        for (int i = 0; i < lines; i++) {
            flooded.add(Lines.ofFlood(random));
            if (i % 4 == 0) {
                long id = flooded.add(statements.get(i / 4 % 50) + i).template();
                first = i == 0 ? id : first;
            }
            assertThat(flooded.size()).isLessThanOrEqualTo(limits.templates());
        }
        assertThat(flooded.templates().stream()
                        .filter(template -> template.text().endsWith("is done with job <*>")))
                .hasSize(50);
        assertThat(flooded.template(first))
                .map(Template::count)
                .hasValueSatisfying(count -> assertThat(count).isEqualTo((lines / 4 + 49) / 50));
        assertThat(flooded.snapshot().length).isLessThan(4 << 20);
    }

    @Test
    void longLinesAreReadUpToTheLimits() {
        TemplateMiner small = new TemplateMiner(new Limits(100, 10, 8, 100, 1 << 20));
        small.add("one two three four five six seven eight nine ten");
        small.add("one two three four five six seven eight nine eleven");
        assertThat(small.templates())
                .singleElement()
                .extracting(Template::typed)
                .isEqualTo("one two three four five six seven eight <TEXT>");
    }

    /** 10^7 lines with -Ddevmentor.long=true, and there no line of 64 KiB may take 50 ms. */
    @Test
    void takesAnyText() {
        boolean full = Boolean.getBoolean("devmentor.long");
        int lines = full ? 10_000_000 : 100_000;
        SplittableRandom random = new SplittableRandom(2);
        Limits limits = new Limits(500, 100, 64, 4_096, 4 << 20);
        TemplateMiner fuzzed = new TemplateMiner(limits);
        for (int i = 0; i < lines; i++) {
            String line = Lines.ofNothing(random, i % 1_000 == 0 ? 1 << 16 : 60);
            long from = CPU.getCurrentThreadCpuTime();
            Match match = fuzzed.add(line);
            long nanos = CPU.getCurrentThreadCpuTime() - from;
            if (full && i > 100_000) {
                assertThat(nanos).as(line).isLessThan(50_000_000);
            }
            for (int p = 0; p < match.parts(); p++) {
                assertThat(match.value(p)).isNotNull();
                assertThat(match.type(p)).isNotNull();
            }
            if (i % 100 == 0) {
                // What was learnt is known.
                assertThat(fuzzed.match(line)).isPresent();
            }
        }
        assertThat(TemplateMiner.restore(fuzzed.snapshot()).snapshot()).isEqualTo(fuzzed.snapshot());
    }

    @Test
    void takesLongRunsOfAnyCharacter() {
        for (String piece : new String[] {
            "a", "0", ".", "-", "/", "aa:", "0:", "\"=", "=\"", "_0", "a1-", "1.", "<", " ", "://", "@", "\ud83d"
        }) {
            for (String end : new String[] {"", "z", ":", "\""}) {
                String line = piece.repeat((1 << 16) / piece.length()) + end;
                assertThat(miner.add(line).template()).isPositive();
            }
        }
    }
}
