package dev.devmentor.bench.kt;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * People who learn, forget and guess. 1 500 people, 30 skills, 600 items of which a fifth need two skills; ability N(0, .9),
 * skill N(0, .6), skill difficulty N(0, .7), item N(0, .8); sessions of 5 to 40 questions, days apart, that mostly stay
 * with one skill and sometimes repeat an item; every answer adds practice (a right one less than a wrong one that is
 * explained), practice halves in some 20 days and counts with the root of its amount; half of the items can be guessed with
 * a quarter. A repeated item is easier by what is left of its own trace, which halves in 5 days.
 */
final class Generated {

    private static final int PEOPLE = 1_500;
    private static final int SKILLS = 30;
    private static final int ITEMS = 600;

    private Generated() {}

    /** Writes a file in the benchmark's form; the last column, which models never see, is the true probability. */
    static void write(Path file, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        double[] skillDifficulty = random.doubles(SKILLS)
                .map(ignored -> 0.7 * random.nextGaussian())
                .toArray();
        double[] difficulty = new double[ITEMS];
        double[] guess = new double[ITEMS];
        int[][] tags = new int[ITEMS][];
        List<List<Integer>> bySkill = new ArrayList<>();
        for (int skill = 0; skill < SKILLS; skill++) {
            bySkill.add(new ArrayList<>());
        }
        for (int item = 0; item < ITEMS; item++) {
            int first = item % SKILLS;
            int second = random.nextInt(5) == 0 ? random.nextInt(SKILLS) : first;
            tags[item] = first == second ? new int[] {first} : new int[] {first, second};
            bySkill.get(first).add(item);
            difficulty[item] = 0.8 * random.nextGaussian() - 0.4;
            guess[item] = random.nextBoolean() ? 0.25 : 0;
            for (int skill : tags[item]) {
                difficulty[item] += skillDifficulty[skill] / tags[item].length;
            }
        }
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
            out.println("user_id,item_id,timestamp,correct,skill_id,truth");
            for (int person = 0; person < PEOPLE; person++) {
                double ability = 0.9 * random.nextGaussian();
                double speed = 0.5 * Math.exp(0.4 * random.nextGaussian());
                double[] own = new double[SKILLS];
                for (int skill = 0; skill < SKILLS; skill++) {
                    own[skill] = 0.6 * random.nextGaussian();
                }
                double[] practice = new double[SKILLS];
                double[] practisedAt = new double[SKILLS];
                double[] trace = new double[ITEMS];
                double[] tracedAt = new double[ITEMS];
                double day = 19_000 + 60 * random.nextDouble();
                int sessions = 1 + (int) (6 * random.nextExponential());
                for (int session = 0; session < Math.min(sessions, 20); session++) {
                    day += 0.2 + 4 * random.nextExponential();
                    int skill = random.nextInt(SKILLS);
                    int length = random.nextInt(5, 41);
                    for (int n = 0; n < length; n++) {
                        if (random.nextInt(12) == 0) {
                            skill = random.nextInt(SKILLS);
                        }
                        List<Integer> of = bySkill.get(skill);
                        int item = of.get(random.nextInt(of.size()));
                        day += (20 + 40 * random.nextExponential()) / 86_400;
                        double z = ability - difficulty[item];
                        for (int tag : tags[item]) {
                            double left = practice[tag] * Math.pow(0.5, (day - practisedAt[tag]) / 20);
                            z += (own[tag] + speed * Math.sqrt(left)) / tags[item].length;
                        }
                        z += trace[item] * Math.pow(0.5, (day - tracedAt[item]) / 5);
                        double p = guess[item] + (1 - guess[item]) / (1 + Math.exp(-z));
                        boolean right = random.nextDouble() < p;
                        StringBuilder skills = new StringBuilder();
                        for (int tag : tags[item]) {
                            skills.append(skills.isEmpty() ? "" : "~")
                                    .append("s")
                                    .append(tag);
                            practice[tag] =
                                    practice[tag] * Math.pow(0.5, (day - practisedAt[tag]) / 20) + (right ? 0.2 : 0.35);
                            practisedAt[tag] = day;
                        }
                        trace[item] = 1;
                        tracedAt[item] = day;
                        out.printf(
                                Locale.ROOT,
                                "u%d,i%d,%d,%d,%s,%.4f%n",
                                person,
                                item,
                                (long) (day * 86_400),
                                right ? 1 : 0,
                                skills,
                                p);
                    }
                }
            }
        }
    }
}
