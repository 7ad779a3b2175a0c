package dev.devmentor.pbml.engine.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LineAssemblerTest {

    private static List<Entry> assemble(String text) {
        LineAssembler assembler = new LineAssembler();
        List<Entry> entries = new ArrayList<>();
        text.lines().forEach(line -> entries.addAll(assembler.accept(line)));
        entries.addAll(assembler.flush());
        return entries;
    }

    /** Lines as they are, a trace as its type. */
    private static List<String> shown(String text) {
        return assemble(text).stream()
                .map(entry -> switch (entry) {
                    case Entry.Line line -> line.text();
                    case Entry.Traced traced -> "<" + traced.trace().type() + ">";
                })
                .toList();
    }

    @Test
    void takesATraceOutOfTheLinesAroundIt() {
        assertThat(shown("""
                        INFO before
                        ERROR it failed
                        java.lang.IllegalStateException: closed
                        	at com.acme.Shop.order(Shop.java:12)
                        Caused by: java.io.IOException: first line
                        and second
                        	at com.acme.Db.open(Db.java:77)
                        	... 7 more
                        INFO after
                        """))
                .containsExactly("INFO before", "ERROR it failed", "<java.lang.IllegalStateException>", "INFO after");
    }

    @Test
    void theMessageOfAnExceptionMayHaveSeveralLines() {
        assertThat(shown("""
                        java.lang.IllegalStateException: expected:
                          17
                        but was:
                          18
                        	at com.acme.Shop.order(Shop.java:12)
                        INFO after
                        """)).containsExactly("<java.lang.IllegalStateException>", "INFO after");
    }

    @Test
    void anExceptionWithoutFramesIsALine() {
        assertThat(shown("java.lang.IllegalStateException: closed\nINFO next\n"))
                .containsExactly("java.lang.IllegalStateException: closed", "INFO next");
    }

    @Test
    void tracesMayFollowOneAnother() {
        assertThat(shown("""
                        java.lang.Error: 1
                        	at a.B.c(B.java:1)
                        java.lang.RuntimeException: 2
                        	at a.B.d(B.java:1)
                        Traceback (most recent call last):
                          File "a.py", line 1, in f
                            x()
                        ValueError: 3

                        During handling of the above exception, another exception occurred:

                        Traceback (most recent call last):
                          File "a.py", line 2, in g
                            f()
                        KeyError: 4

                        plain
                        panic: 5

                        goroutine 1 [running]:
                        main.f()
                        	/a/main.go:1 +0x1
                        exit status 2
                        TypeError: 6
                            at f (/a/b.js:1:1) {
                          code: 'X'
                        }
                        end
                        """))
                .containsExactly(
                        "<java.lang.Error>",
                        "<java.lang.RuntimeException>",
                        "<KeyError>",
                        "",
                        "plain",
                        "<panic>",
                        "<TypeError>",
                        "  code: 'X'",
                        "}",
                        "end");
    }

    @Test
    void aTraceThatIsTooLongIsCutOffAndItsLinesDontLeakOut() {
        String frames = "\tat a.B.c(B.java:1)\n".repeat(20_000);
        List<Entry> entries = assemble("java.lang.Error: 1\n" + frames + "after\n");
        assertThat(entries).hasSize(2);
        assertThat(((Entry.Traced) entries.getFirst()).text().lines().count()).isEqualTo(LineAssembler.LINES);
        assertThat(entries.getLast()).isEqualTo(new Entry.Line("after"));
    }

    @Test
    void whatBeginsLikeATraceAndIsNoneLosesNoLine() {
        for (String text : List.of(
                "Traceback (most recent call last):\n" + "  and so on\n".repeat(10_000),
                "x".repeat(300_000) + "\n\tat a.B.c(B.java:1)\nINFO after\n",
                "a.BException: b\n" + "y".repeat(300_000) + "\n\tat a.B.c(B.java:1)\nINFO after\n",
                "panic: " + "z".repeat(300_000) + "\n\nexit status 2\n",
                "goroutine 1 [running]:\n" + "main.f\n\t\n".repeat(10_000))) {
            assertThat(assemble(text))
                    .containsExactlyElementsOf(text.lines().map(Entry.Line::new).toList());
        }
    }

    /** 10^7 lines with -Ddevmentor.long=true. */
    @Test
    void everyLineComesOutOnceAndInItsOrder() {
        int lines = Boolean.getBoolean("devmentor.long") ? 10_000_000 : 100_000;
        SplittableRandom random = new SplittableRandom(8);
        String[] kinds = {
            "plain",
            "",
            "java.lang.Error: x",
            "\tat a.B.c(B.java:1)",
            "Caused by: a.BException: y",
            "\t... 3 more",
            "TypeError: z",
            "    at f (/a/b.js:1:1)",
            "    at g (/a/b.js:2:1) {",
            "  [cause]: Error: w",
            "}",
            "Traceback (most recent call last):",
            "  File \"a.py\", line 1, in f",
            "    x()",
            "ValueError: v",
            "During handling of the above exception, another exception occurred:",
            "panic: p",
            "goroutine 1 [running]:",
            "main.f()",
            "\t/a/main.go:1 +0x1",
            "exit status 2",
            "\tpanic: q"
        };
        LineAssembler assembler = new LineAssembler();
        List<String> in = new ArrayList<>();
        List<String> out = new ArrayList<>();
        for (int i = 0; i < lines; i++) {
            String line = kinds[random.nextInt(kinds.length)];
            in.add(line);
            add(assembler.accept(line), out);
            if (i % 1_000 == 999) {
                add(assembler.flush(), out);
                assertThat(String.join("\n", out)).isEqualTo(String.join("\n", in));
                in.clear();
                out.clear();
            }
        }
    }

    private static void add(List<Entry> entries, List<String> to) {
        for (Entry entry : entries) {
            to.add(
                    switch (entry) {
                        case Entry.Line line -> line.text();
                        case Entry.Traced traced -> traced.text();
                    });
        }
    }
}
