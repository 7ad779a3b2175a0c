package dev.devmentor.pbml.engine.owner;

import dev.devmentor.pbml.engine.owner.Observation.ChangedFile;
import dev.devmentor.pbml.engine.owner.Observation.FileChange;
import dev.devmentor.pbml.engine.owner.Observation.Stamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** A developer's days, made up: sessions of answers, commits, errors that come and go, notes and tasks. Seeded. */
final class OwnerStream {
    static final long START = 1_700_000_000_000_000L;
    private static final long MINUTE = 60_000_000L;

    private final Random random;
    private final List<Observation> observations = new ArrayList<>();
    private long now = START;
    private int number;

    OwnerStream(long seed) {
        random = new Random(seed);
    }

    static List<Observation> of(long seed, int size) {
        OwnerStream stream = new OwnerStream(seed);
        while (stream.observations.size() < size) {
            stream.session();
        }
        return stream.observations.subList(0, size);
    }

    private void session() {
        now += (40 + random.nextInt(1_200)) * MINUTE;
        int steps = 5 + random.nextInt(25);
        for (int i = 0; i < steps; i++) {
            now += (random.nextInt(240) + 5) * 1_000_000L;
            step();
        }
    }

    Stamp stamp() {
        int n = number++;
        return new Stamp(new EventKey(now, "/test", "e" + n), new UUID(7, n));
    }

    private void step() {
        int what = random.nextInt(100);
        if (what < 45) {
            int item = random.nextInt(40);
            observations.add(new Observation.Answered(
                    stamp(),
                    "item-" + item,
                    List.of("skill-" + item % 8),
                    random.nextInt(10) < 7,
                    900 + random.nextInt(9_000),
                    (int) (now / MINUTE % 1_440)));
        } else if (what < 62) {
            observations.add(new Observation.CodeChange(stamp(), repository(), team(), random.nextInt(4) > 0, files()));
        } else if (what < 80) {
            error(random.nextInt(3) == 0);
        } else if (what < 88) {
            observations.add(new Observation.Noted(stamp(), "note", false));
        } else {
            observations.add(
                    random.nextBoolean()
                            ? new Observation.TaskBegun(stamp(), List.of("skill-1"))
                            : new Observation.TaskDone(stamp(), List.of("skill-1")));
        }
    }

    private String repository() {
        return random.nextInt(5) == 0 ? "org/other" : "org/main";
    }

    private String team() {
        return random.nextBoolean() ? "red" : null;
    }

    private List<ChangedFile> files() {
        List<ChangedFile> files = new ArrayList<>();
        int module = random.nextInt(6);
        files.add(new ChangedFile("src/main/java/m/Service" + module + ".java", FileChange.MODIFIED));
        if (random.nextInt(3) > 0) {
            files.add(new ChangedFile("src/test/java/m/Service" + module + "Test.java", FileChange.MODIFIED));
        }
        if (random.nextInt(4) == 0) {
            files.add(new ChangedFile("README.md", FileChange.MODIFIED));
        }
        if (random.nextInt(10) == 0) {
            files.add(new ChangedFile("src/main/java/m/New" + number + ".java", FileChange.ADDED));
        }
        return files;
    }

    private void error(boolean gone) {
        int which = random.nextInt(12);
        String text = which < 6
                ? trace(which, number)
                : "[ERROR] /build/" + number + "/src/Service" + which + ".java:[" + number
                        + ",7] cannot find symbol\n  symbol: class Missing" + which + "\n[INFO] took " + number + " ms";
        observations.add(new Observation.ErrorMet(
                stamp(), repository(), team(), "build", gone, "run-" + number / 3, text, List.of(), null, List.of()));
    }

    static String trace(int which, int line) {
        return "java.lang.IllegalStateException: request " + line + " failed\n"
                + "\tat com.acme.Service" + which + ".call(Service" + which + ".java:" + line + ")\n"
                + "\tat com.acme.Main.run(Main.java:" + (line + 3) + ")\n"
                + "\tat java.base/java.lang.Thread.run(Thread.java:1583)\n";
    }
}
