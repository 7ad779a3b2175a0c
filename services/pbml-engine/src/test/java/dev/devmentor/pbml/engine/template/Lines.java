package dev.devmentor.pbml.engine.template;

import java.util.SplittableRandom;

/** Lines for tests: of a program that logs, of a program that floods, and of no program at all. */
final class Lines {

    private static final String[] NAMES = {
        "alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi", "ivan", "judy"
    };
    private static final String ALPHABET = "abcXYZ019 \t.,;:=|\"'[](){}<>/\\-_+@#$%&*~?!\u00e9\ud83d\ude00\u00a0\n";
    private static final String[] PIECES = {
        "0x",
        "://",
        "00:11:22:33:44:55",
        "Jun 17 07:07:00 2005",
        "HTTP/1.1",
        " for user ",
        "()",
        "=\"",
        "<1 sec",
        " KB",
        "C:\\",
        "blk_-1",
        "a.b.c:12",
        "10.0.0.1",
        "v1.",
        "1e-",
        "user",
        "2026-11-29T",
        "@1234567",
        "null",
        " 5.2 MB"
    };

    private Lines() {}

    /** One of some thirty statements with values of its own. */
    static String ofProgram(SplittableRandom random) {
        int n = random.nextInt(100_000);
        return switch (random.nextInt(9)) {
            case 0 -> "request " + n + " took " + random.nextInt(900) + "ms";
            case 1 -> "user " + NAMES[random.nextInt(NAMES.length)] + " logged in at desk";
            case 2 ->
                "deleting blk_" + n + (random.nextBoolean() ? " blk_1 blk_2" : "")
                        + (random.nextBoolean() ? " blk_3" : "");
            case 3 -> "stage " + (char) ('a' + random.nextInt(4)) + "x is ready";
            case 4 -> "free " + n + (random.nextBoolean() ? " KB" : " MB") + " left";
            case 5 -> "open /var/lib/" + n + ": No such file or directory";
            case 6 ->
                "color=" + NAMES[random.nextInt(NAMES.length)] + ", shape=" + NAMES[random.nextInt(NAMES.length)]
                        + " drawn";
            case 7 -> "step " + "one two three four five".split(" ")[random.nextInt(5)] + " of plan begins here";
            default -> "";
        };
    }

    /** Words that never come again. */
    static String ofFlood(SplittableRandom random) {
        StringBuilder line = new StringBuilder();
        int words = 1 + random.nextInt(12);
        for (int w = 0; w < words; w++) {
            int letters = 2 + random.nextInt(9);
            for (int i = 0; i < letters; i++) {
                line.append((char) ('a' + random.nextInt(26)));
            }
            line.append(random.nextInt(5) == 0 ? ": " : " ");
        }
        return line.toString();
    }

    /** Anything. */
    static String ofNothing(SplittableRandom random, int most) {
        StringBuilder line = new StringBuilder();
        int length = random.nextInt(most);
        while (line.length() < length) {
            if (random.nextInt(8) == 0) {
                line.append(PIECES[random.nextInt(PIECES.length)]);
            } else {
                char c = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
                int times = random.nextInt(20) == 0 ? 1 + random.nextInt(40) : 1;
                line.repeat(c, times);
            }
        }
        return line.toString();
    }
}
