package dev.devmentor.fuzz;

import java.util.ArrayList;
import java.util.List;

/** Texts of 64 KiB that are built to make a parser look at the same characters again and again. */
final class WorstCases {

    /** Repeated: one class of characters, alternating separators, openings without an end, beginnings of known forms. */
    private static final String[] PIECES = {
        "a",
        "0",
        ".",
        "-",
        "/",
        "\\",
        " ",
        "\t",
        "\"",
        "'",
        "<",
        "(",
        ")",
        "[",
        "{",
        "|",
        "+",
        "_",
        ":",
        "@",
        "$",
        "é",
        "\ud83d\ude00",
        "\ud83d",
        "\u00a0",
        "a ",
        "aa:",
        "0:",
        "00:",
        "1.",
        "a.",
        "a1-",
        "_0",
        "=\"",
        "\"=",
        "()",
        "://",
        "a://",
        "0x",
        "0x1,",
        "1, ",
        "a=b ",
        "jan 1 ",
        "mon jan ",
        "jan          ",
        "00:00:00 ",
        "1-1-1",
        "a@b.",
        "a.com ",
        "user for user ",
        "for a from 1.1.1.1 ",
        "<*> ",
        "1 KB ",
        "$$",
        "$1",
        ".func1",
        "::",
        "a/b/",
        "C:\\",
        "http://a/ HTTP/1.1 ",
        "-1 ",
        "1e-",
        "aa:aa:aa:aa:aaz ",
        "aa:aaaaa:",
        "(1 2), ",
        "1 a, 1 a, ",
        "blk_-",
        "true ",
        "null=",
        "1.1.1.1/",
        "\r",
        "\r\n",
        "\n",
        "\n\n",
        "\n ",
        "\n\t",
        "\n|",
        "\tat a.B.c(B.java:1)\n",
        "\tat a.b.c.d.e.f.",
        "\tat (",
        "    at a (b:1:1)\n",
        "    at a (",
        "    at b:1:1 {\n",
        "Caused by: a.BException: c\n",
        "Caused by: a.BException: c\n\tat a.B.c(B.java:1)\n",
        "\tSuppressed: ",
        "  [cause]: Error: x\n      at f (/a:1:1)\n",
        "Traceback (most recent call last):\n",
        "Traceback (most recent call last):\n  File \"a.py\", line 1, in f\nE: x\n\n",
        "  File \"a\", line 1\n",
        "  File \"",
        "| ",
        "+ | ",
        "During handling of the above exception, another exception occurred:\n",
        "panic: ",
        "panic: 1\n",
        "goroutine 1 [r]:\n",
        "goroutine 1 [r]:\nmain.f(",
        "main.f()\n\t/a.go:1 +0x1\n",
        "main.f(((((",
        "a.BException: c\n",
        "aException: ",
        "a [b ",
        "created by a\n",
        ", in ",
        "A a/b\n",
        "A a/b\n\n",
        "Q a\n",
        "M \n"
    };

    /** Before them: what makes them part of something. */
    private static final String[] HEADS = {
        "",
        "java.lang.Error: x\n\tat a.B.c(B.java:1)\n",
        "\tat ",
        "\tat a.",
        "Error: x\n    at f (/a/",
        "Traceback (most recent call last):\n  File \"a.py\", line 1, in f\n",
        "Traceback (most recent call last):\n  File \"/",
        "goroutine 1 [running]:\nmain.f(",
        "goroutine 1 [running]:\nmain.f()\n\t/"
    };

    private static final String[] TAILS = {"", "z", "00z", "\n", ":", ")\n\t/a.go:1", "\", line 1\nE: x", ":1:1)"};

    private WorstCases() {}

    /** @param all each tail behind each head; otherwise one, another each time */
    static List<String> texts(int length, boolean all) {
        List<String> texts = new ArrayList<>();
        for (String piece : PIECES) {
            for (String head : HEADS) {
                String other = TAILS[texts.size() % TAILS.length];
                for (String tail : all ? List.of(TAILS) : List.of(other)) {
                    StringBuilder text = new StringBuilder(length + piece.length()).append(head);
                    while (text.length() < length - tail.length() - piece.length()) {
                        text.append(piece);
                    }
                    texts.add(text.append(tail).toString());
                }
            }
        }
        // Different ones: what is looked up by content has to be compared with many.
        for (String piece : PIECES) {
            StringBuilder text = new StringBuilder(length + piece.length());
            for (int i = 0; text.length() < length - piece.length() - 8; i++) {
                text.append(piece).append(Integer.toString(i * 7919 % 46_656, 36));
            }
            texts.add(text.toString());
        }
        return texts;
    }
}
