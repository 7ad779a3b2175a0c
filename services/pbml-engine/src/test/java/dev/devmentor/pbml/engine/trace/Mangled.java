package dev.devmentor.pbml.engine.trace;

import java.util.List;
import java.util.SplittableRandom;

/** Texts that are stack traces no more. */
final class Mangled {

    private static final String[] PIECES = {
        "\n",
        "\tat ",
        "    at ",
        "Caused by: ",
        "\tSuppressed: ",
        "[cause]: ",
        "panic: ",
        "goroutine 1 [",
        ":\n",
        "File \"",
        ", line ",
        "(",
        ")",
        "$$",
        "$1",
        ".func1",
        ".1",
        "::",
        ":1:1",
        "/src/",
        "...",
        "a.b.C",
        "Error",
        "Exception: ",
        " [",
        "\r\n",
        "\\",
        "é",
        "| ",
        "+ "
    };

    private Mangled() {}

    static String text(SplittableRandom random, int most, List<String> traces) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(most);
        while (text.length() < length) {
            switch (random.nextInt(6)) {
                case 0 ->
                    text.append(PIECES[random.nextInt(PIECES.length)].repeat(
                            1 + random.nextInt(random.nextInt(30) == 0 ? 300 : 2)));
                case 1 -> text.append((char) (' ' + random.nextInt(95)));
                default -> {
                    String trace = traces.get(random.nextInt(traces.size()));
                    int from = random.nextInt(trace.length());
                    text.append(trace, from, Math.min(trace.length(), from + random.nextInt(120)));
                }
            }
        }
        return text.toString();
    }
}
