package dev.devmentor.learning.engine.card;

import dev.devmentor.learning.engine.card.Entry.Answer;
import dev.devmentor.learning.engine.card.Entry.Deck;
import dev.devmentor.learning.engine.card.Entry.Reschedule;
import dev.devmentor.learning.engine.card.Entry.Reset;
import dev.devmentor.learning.engine.card.Entry.Resume;
import dev.devmentor.learning.engine.card.Entry.SettingsChanged;
import dev.devmentor.learning.engine.card.Entry.Suspend;
import dev.devmentor.learning.engine.card.Entry.Timeline;
import dev.devmentor.learning.engine.card.Entry.Undo;
import dev.devmentor.learning.engine.card.Entry.Unplan;
import dev.devmentor.learning.engine.card.Entry.WeightsChanged;
import dev.devmentor.learning.engine.schedule.Fsrs6Weights;
import dev.devmentor.learning.engine.schedule.Fsrs7Weights;
import dev.devmentor.learning.engine.schedule.Grade;
import dev.devmentor.learning.engine.schedule.Models;
import dev.devmentor.learning.engine.schedule.Scheduler;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A random log of one card, and the settings of its learner: people who travel, change their minds and undo. */
record Histories(List<Entry> card, List<Timeline> timeline) {

    private static final long MINUTE = 60_000_000L;
    private static final long DAY = 1_440 * MINUTE;
    private static final long START = 1_600_000_000_000_000L; // 2020-09-13
    private static final String[] ZONES = {
        "UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Apia", "Asia/Kolkata", "Australia/Lord_Howe", "+05:45"
    };
    private static final String[] DECKS = {"", "java", "sql"};
    private static final List<List<String>> SKILLS =
            List.of(List.of(), List.of("java.streams"), List.of("sql.joins", "java.streams"));
    private static final String[] SOURCES = {"app", "import", "\ud83d\udcf1", "\uff21"};

    static Histories random(SplittableRandom random) {
        List<Entry> card = new ArrayList<>();
        List<Timeline> timeline = new ArrayList<>();
        List<String> answers = new ArrayList<>();
        int length = random.nextInt(1, random.nextInt(10) == 0 ? 120 : 30);
        long at = START + random.nextLong(DAY);
        String zone = pick(random, ZONES);
        for (int i = 0; i < length; i++) {
            at += gap(random);
            if (random.nextInt(12) == 0) {
                zone = pick(random, ZONES);
            }
            EntryKey key = new EntryKey(at, pick(random, SOURCES), "e" + i);
            int kind = random.nextInt(100);
            if (kind < 72) {
                String id = "a" + i;
                answers.add(id);
                card.add(answer(random, key, id, zone));
            } else if (kind < 80) {
                card.add(new Undo(key, undone(random, answers, i)));
            } else if (kind < 82) {
                card.add(new Reset(key));
            } else if (kind < 85) {
                String plan = random.nextBoolean() ? "" : "p" + i;
                card.add(new Reschedule(key, at + random.nextLong(-DAY, 30 * DAY), plan));
            } else if (kind < 87) {
                card.add(new Unplan(key, "p" + random.nextInt(i + 4)));
            } else if (kind == 87) {
                card.add(new Deck(key, pick(random, DECKS)));
            } else if (kind < 90) {
                card.add(new Suspend(key));
            } else if (kind < 94) {
                card.add(new Resume(key));
            } else if (kind == 94) {
                timeline.add(new WeightsChanged(key, models(random, timeline.size() + 1)));
            } else {
                timeline.add(new SettingsChanged(key, settings(random, zone), random.nextBoolean()));
            }
        }
        return new Histories(card, timeline);
    }

    private static Answer answer(SplittableRandom random, EntryKey key, String id, String zone) {
        int rollover = random.nextInt(5) == 0 ? random.nextInt(24) : 4;
        int localDay = LocalDays.localDay(key.atMicros(), ZoneId.of(zone), rollover);
        int dice = random.nextInt(100);
        Grade grade = Grade.of(dice < 18 ? 1 : dice < 33 ? 2 : dice < 88 ? 3 : 4);
        int chosen = random.nextInt(6) == 0 ? random.nextInt(1, 40) : 0;
        List<String> skills = SKILLS.get(random.nextInt(SKILLS.size()));
        return new Answer(key, id, localDay, zone, grade, random.nextInt(-1, 60_000), skills, chosen);
    }

    private static Models models(SplittableRandom random, int version) {
        double[] six = Fsrs6Weights.DEFAULT.toArray();
        six[8] += random.nextDouble(-0.5, 0.5);
        double[] seven = Fsrs7Weights.DEFAULT.toArray();
        seven[7] += random.nextDouble(-0.5, 0.5);
        return Models.of(version, Fsrs6Weights.of(six), Fsrs7Weights.of(seven));
    }

    /** An answer before, one that comes later in the order, or one that never comes. */
    private static String undone(SplittableRandom random, List<String> answers, int i) {
        int dice = random.nextInt(10);
        if (dice == 0) {
            return "nowhere";
        }
        if (dice < 3 || answers.isEmpty()) {
            return "a" + (i + random.nextInt(1, 4));
        }
        return answers.get(random.nextInt(answers.size()));
    }

    private static LearnerSettings settings(SplittableRandom random, String zone) {
        return new LearnerSettings(
                scheduler(random),
                random.nextInt(70, 100) / 100.0,
                zone,
                random.nextInt(24),
                random.nextInt(1, 1_441),
                random.nextInt(4) == 0 ? random.nextInt(1, 60) : 36_500,
                random.nextBoolean(),
                random.nextBoolean()
                        ? Map.of()
                        : Map.of(
                                "java", new LearnerSettings.Deck(scheduler(random), random.nextBoolean() ? null : 0.8)),
                random.nextBoolean() ? Map.of() : Map.of("java.streams", 0.95, "sql.joins", 0.85));
    }

    private static Scheduler scheduler(SplittableRandom random) {
        return Scheduler.values()[random.nextInt(3)];
    }

    /** The same microsecond, the same minutes, the next days, or much later. */
    private static long gap(SplittableRandom random) {
        return switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1, 2 -> random.nextLong(20 * MINUTE);
            case 3 -> random.nextLong(100 * DAY);
            default -> random.nextLong(10 * DAY);
        };
    }

    private static String pick(SplittableRandom random, String[] of) {
        return of[random.nextInt(of.length)];
    }
}
