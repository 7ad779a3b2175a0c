package dev.devmentor.learning.engine.person;

import dev.devmentor.learning.engine.card.EntryKey;
import dev.devmentor.learning.engine.rating.Layer;
import dev.devmentor.learning.engine.rating.SharedRating;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random logs of a person, and difficulties in three epochs. */
final class Logs {
    static final long DAY = 86_400_000_000L;

    private Logs() {}

    /** Epochs begin at days 0, 10 and 20; every third item is everybody's. */
    static final SharedDifficulties SHARED = new SharedDifficulties() {
        @Override
        public int epochAt(long atMicros) {
            return (int) Math.clamp(atMicros / (10 * DAY), 0, 2);
        }

        @Override
        public SharedRating root(int epoch) {
            return new SharedRating(epoch, 0.1 * epoch, 1.0 / (1 + epoch), 10L * epoch);
        }

        @Override
        public SharedRating skill(int epoch, String skill) {
            return new SharedRating(epoch, 0.2 * epoch - 0.01 * skill.length(), 0.4, epoch);
        }

        @Override
        public Item item(int epoch, String item) {
            boolean shared = item.hashCode() % 3 == 0;
            return new Item(
                    new SharedRating(epoch, 0.05 * epoch, 0.8, epoch), shared ? 0.25 : 0, shared ? 30 : 0, shared);
        }

        /** A weight of .1 more with each epoch on whatever is not the filter's. */
        @Override
        public Layer layer(int epoch) {
            double[] weights = Layer.INITIAL.weights();
            for (int i = 3; i < weights.length; i++) {
                weights[i] += 0.1 * epoch;
            }
            return Layer.of(weights, Layer.INITIAL.precisions());
        }
    };

    /** A log in which times repeat, days go back, undos come before and after their answers, or for none. */
    static List<PersonEntry> random(SplittableRandom random, int entries) {
        List<PersonEntry> log = new ArrayList<>();
        List<String> answers = new ArrayList<>();
        long at = random.nextLong(5 * DAY);
        for (int i = 0; i < entries; i++) {
            at += random.nextInt(4) == 0 ? random.nextLong(2 * DAY) : random.nextLong(120_000_000L);
            EntryKey key =
                    new EntryKey(random.nextInt(8) == 0 ? at / DAY * DAY : at, "/s" + random.nextInt(2), "e" + i);
            int day = (int) (key.atMicros() / DAY) + random.nextInt(-1, 2);
            switch (random.nextInt(12)) {
                case 0 ->
                    log.add(new PersonEntry.Undo(
                            key,
                            random.nextInt(3) == 0 || answers.isEmpty()
                                    ? "a" + random.nextInt(entries * 2)
                                    : answers.get(random.nextInt(answers.size()))));
                case 1 ->
                    log.add(new PersonEntry.TaskCompleted(
                            key, "t" + random.nextInt(6), day, skills(random), random.nextInt(5) > 0));
                case 2 -> log.add(new PersonEntry.PointsGranted(key, day, random.nextInt(1, 600)));
                case 3 -> log.add(new PersonEntry.Other(key));
                default -> {
                    answers.add("a" + i);
                    log.add(new PersonEntry.Answer(
                            key, answer("a" + i, key.atMicros(), day, random), random.nextInt(9) > 0));
                }
            }
        }
        return log;
    }

    private static Answered answer(String id, long at, int day, SplittableRandom random) {
        boolean right = random.nextInt(4) > 0;
        return new Answered(
                id,
                "item-" + random.nextInt(20),
                skills(random),
                null,
                at,
                day,
                right,
                right ? random.nextInt(2, 5) : 1,
                random.nextInt(-1, 60_000),
                random.nextInt(7),
                random.nextBoolean() ? random.nextDouble() : Double.NaN,
                null);
    }

    private static List<String> skills(SplittableRandom random) {
        List<String> skills = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            if (random.nextInt(3) == 0) {
                skills.add("skill-" + i);
            }
        }
        return skills;
    }

    /** A plain right or wrong answer. */
    static PersonEntry.Answer answer(String id, String item, long at, int day, boolean right) {
        return new PersonEntry.Answer(
                new EntryKey(at, "/s", id),
                new Answered(
                        id, item, List.of("sql"), null, at, day, right, right ? 3 : 1, 20_000, 3, Double.NaN, null),
                true);
    }
}
