package dev.devmentor.bench.choice;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.bench.Benchmark;
import dev.devmentor.bench.BenchmarkFailed;
import dev.devmentor.bench.Report;
import dev.devmentor.bench.choice.Tutor.Alone;
import dev.devmentor.bench.choice.Tutor.AtRandom;
import dev.devmentor.bench.choice.Tutor.Fixed;
import dev.devmentor.bench.choice.Tutor.Learning;
import dev.devmentor.bench.choice.Tutor.Way;
import dev.devmentor.learning.engine.choice.Strategy;
import dev.devmentor.learning.engine.choice.StrategyWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What simulated learners know after some weeks, if their questions are chosen by each strategy alone, by all of them with
 * weights that learn, and at random. The same learners meet every way of choosing.
 */
public final class ChoiceBenchmark implements Benchmark {

    private static final int LEARNERS = 160;
    private static final int DAYS = 20;
    private static final int A_DAY = 15;

    /** So many days after the last question knowledge is looked at. */
    private static final int LATER = 7;

    /** Gaps are looked at after so many questions, the tutor's picture of the person after so many. */
    private static final int REPAIRED_AFTER = 105;

    private static final int PICTURED_AFTER = 45;

    /** Facts met in so many first days are what has to be retained. */
    private static final int FIRST_DAYS = 5;

    private static final int DRAWS = 2_000;
    private static final long SEED = 20_261_124;

    /** What is measured, each for the strategy that it is there for. */
    private enum Measure {
        RETENTION("first facts kept %", Strategy.DUE_REVIEW, true),
        WEAKEST("weak and ready %", Strategy.WEAKEST_SKILL, true),
        CHALLENGE("off 75 %, points", Strategy.OPTIMAL_CHALLENGE, false),
        REPAIR("gaps, skills on them %", Strategy.PREREQUISITE_REPAIR, true),
        PICTURE("error of picture, points", Strategy.INTERLEAVED_EXPLORATION, false),
        TOTAL("known later %", null, true);

        private final String title;
        private final @Nullable Strategy of;
        private final boolean moreIsBetter;

        Measure(String title, @Nullable Strategy of, boolean moreIsBetter) {
            this.title = title;
            this.of = of;
            this.moreIsBetter = moreIsBetter;
        }
    }

    /** Values of one way by measure and learner, and the mean shares of its strategies. */
    private record Outcome(Map<Measure, List<Double>> values, Map<Strategy, Double> shares) {
        double[] of(Measure measure) {
            return values.getOrDefault(measure, List.of()).stream()
                    .mapToDouble(Double::doubleValue)
                    .toArray();
        }

        double mean(Measure measure) {
            return Arrays.stream(of(measure)).average().orElseThrow();
        }
    }

    /** A mean difference and its 95 % interval. */
    private record Difference(double mean, double low, double high) {
        boolean isAbove0() {
            return low > 0;
        }
    }

    @Override
    public Report run(Path root, List<String> arguments) throws Exception {
        long seed = seed(arguments);
        World world = World.of(seed);
        Map<String, Way> ways = new LinkedHashMap<>();
        ways.put("at random", new AtRandom());
        for (Strategy strategy : Strategy.values()) {
            ways.put(strategy.wireName(), new Alone(strategy));
        }
        ways.put("mixture, even", new Fixed(StrategyWeights.Shares.EVEN));
        ways.put("mixture, learning", new Learning(StrategyWeights.INITIAL));
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        for (Map.Entry<String, Way> way : ways.entrySet()) {
            System.err.println(way.getKey());
            outcomes.put(way.getKey(), outcome(world, way.getValue(), seed));
        }
        return report(outcomes, seed);
    }

    private static long seed(List<String> arguments) throws BenchmarkFailed {
        if (arguments.isEmpty()) {
            return SEED;
        }
        if (arguments.size() == 2 && arguments.getFirst().equals("--seed")) {
            try {
                return Long.parseLong(arguments.getLast());
            } catch (NumberFormatException notANumber) {
                // Same answer as for another argument.
            }
        }
        throw new BenchmarkFailed("takes --seed NUMBER, but got " + String.join(" ", arguments));
    }

    private static Outcome outcome(World world, Way way, long seed) {
        Map<Measure, List<Double>> values = new EnumMap<>(Measure.class);
        for (Measure measure : Measure.values()) {
            values.put(measure, new ArrayList<>());
        }
        Map<Strategy, Double> shares = new EnumMap<>(Strategy.class);
        for (int learner = 0; learner < LEARNERS; learner++) {
            long own = seed * 1_000_003 + learner;
            Person person = new Person(world, own);
            Tutor tutor = new Tutor(world, way, own + 500_000);
            int[] weak = weakAndReady(world, person);
            double off = 0;
            BitSet early = new BitSet();
            int number = 0;
            for (int day = 0; day < DAYS; day++) {
                for (int i = 0; i < A_DAY; i++) {
                    World.Item item = tutor.choose(day, i);
                    double p = person.probability(item, day);
                    early.set(item.number(), day < FIRST_DAYS || early.get(item.number()));
                    off += number >= 20 ? Math.abs(p - 0.75) : 0;
                    tutor.answered(item, person.answer(item, day), day, i);
                    number++;
                    if (number == PICTURED_AFTER) {
                        add(values, Measure.PICTURE, 100 * pictureError(tutor, person, day, i));
                    }
                    if (number == REPAIRED_AFTER) {
                        add(values, Measure.REPAIR, 100 * aroundGaps(world, person, day));
                    }
                }
            }
            double later = DAYS - 1.0 + LATER;
            double[] success = new double[World.SKILLS];
            for (int skill = 0; skill < World.SKILLS; skill++) {
                success[skill] = person.success(skill, later);
            }
            add(values, Measure.TOTAL, 100 * Arrays.stream(success).average().orElseThrow());
            add(
                    values,
                    Measure.WEAKEST,
                    100
                            * Arrays.stream(weak)
                                    .mapToDouble(skill -> success[skill])
                                    .average()
                                    .orElseThrow());
            add(
                    values,
                    Measure.RETENTION,
                    100
                            * early.stream()
                                    .mapToDouble(item -> person.factRecall(item, later))
                                    .average()
                                    .orElseThrow());
            add(values, Measure.CHALLENGE, 100 * off / (DAYS * A_DAY - 20));
            for (Strategy strategy : Strategy.values()) {
                shares.merge(strategy, tutor.weights().shares().of(strategy) / LEARNERS, Double::sum);
            }
        }
        return new Outcome(values, shares);
    }

    /** Of the skills whose prerequisites are there at the start, the weakest quarter; at least one. */
    private static int[] weakAndReady(World world, Person person) {
        int[] ready = IntStream.range(0, World.SKILLS)
                .filter(skill -> world.graph().prerequisites(World.name(skill)).stream()
                        .allMatch(before -> person.ability(World.number(before), 0) >= 0))
                .boxed()
                .sorted(Comparator.comparingDouble(skill -> person.ability(skill, 0)))
                .mapToInt(Integer::intValue)
                .toArray();
        return Arrays.copyOf(ready, Math.max(1, ready.length / 4));
    }

    private static void add(Map<Measure, List<Double>> values, Measure measure, double value) {
        values.getOrDefault(measure, new ArrayList<>()).add(value);
    }

    private static double pictureError(Tutor tutor, Person person, int day, int number) {
        double squares = 0;
        for (int skill = 0; skill < World.SKILLS; skill++) {
            double error = tutor.expected(skill, day, number) - person.success(skill, day);
            squares += error * error / World.SKILLS;
        }
        return Math.sqrt(squares);
    }

    /** Success in the skills with a gap and in those that build directly on them. */
    private static double aroundGaps(World world, Person person, int day) {
        double sum = 0;
        int count = 0;
        for (int skill = 0; skill < World.SKILLS; skill++) {
            boolean concerned = person.hasGap(skill)
                    || world.graph().prerequisites(World.name(skill)).stream()
                            .anyMatch(before -> person.hasGap(World.number(before)));
            if (concerned) {
                sum += person.success(skill, day);
                count++;
            }
        }
        return sum / count;
    }

    private static Report report(Map<String, Outcome> outcomes, long seed) throws BenchmarkFailed {
        List<String> columns = new ArrayList<>(List.of("chosen"));
        for (Measure measure : Measure.values()) {
            columns.add(measure.title);
        }
        Report report = new Report(columns.toArray(String[]::new));
        outcomes.forEach((name, outcome) -> {
            List<String> cells = new ArrayList<>(List.of(name));
            for (Measure measure : Measure.values()) {
                cells.add(one(outcome.mean(measure)));
            }
            report.row(cells.toArray(String[]::new));
        });
        Outcome random = outcome(outcomes, "at random");
        ObjectNode effects = new ObjectMapper().createObjectNode();
        List<String> without = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            String name = measure.of == null ? "mixture, learning" : measure.of.wireName();
            Difference difference = difference(random, outcome(outcomes, name), measure, seed);
            report.note(
                    "%s against random: %s %+.1f (%.1f to %.1f) in the good direction",
                    name, measure.title, difference.mean(), difference.low(), difference.high());
            ObjectNode effect = effects.putObject(measure.of == null ? "mixture" : measure.of.wireName());
            effect.put("measure", measure.title);
            effect.put("gain", round(difference.mean()));
            effect.put("low", round(difference.low()));
            effect.put("high", round(difference.high()));
            if (!difference.isAbove0()) {
                without.add(name);
            }
        }
        Outcome learning = outcome(outcomes, "mixture, learning");
        Difference overEven = difference(outcome(outcomes, "mixture, even"), learning, Measure.TOTAL, seed);
        report.note(
                "Weights that learn against even ones: known later %+.2f (%.2f to %.2f).",
                overEven.mean(), overEven.low(), overEven.high());
        StringBuilder shares = new StringBuilder();
        for (Strategy strategy : Strategy.values()) {
            shares.append(shares.isEmpty() ? "" : ", ")
                    .append(strategy.wireName())
                    .append(String.format(
                            Locale.ROOT, " %.0f %%", 100 * learning.shares().getOrDefault(strategy, 0.0)));
        }
        report.note("Learnt shares, mean over learners: %s.", shares);
        report.note(
                "%d learners, %d days of %d questions, %d skills; intervals: 95 %%, bootstrap by learner, the same learners in every row.",
                LEARNERS, DAYS, A_DAY, World.SKILLS);
        if (!without.isEmpty()) {
            report.print(System.err);
            throw new BenchmarkFailed("no effect beyond chance on the own measure: " + String.join(", ", without));
        }
        return report.value("known_later_mixture_pct", round(learning.mean(Measure.TOTAL)))
                .value("known_later_random_pct", round(random.mean(Measure.TOTAL)))
                .value("learning_over_even", round(overEven.mean()))
                .value("effects", effects)
                .value("learners", LEARNERS)
                .value("seed", seed);
    }

    private static Outcome outcome(Map<String, Outcome> outcomes, String name) {
        return Objects.requireNonNull(outcomes.get(name), name);
    }

    private static Difference difference(Outcome from, Outcome to, Measure measure, long seed) {
        double[] before = from.of(measure);
        double[] after = to.of(measure);
        double[] differences = new double[LEARNERS];
        for (int i = 0; i < LEARNERS; i++) {
            double rise = after[i] - before[i];
            differences[i] = measure.moreIsBetter ? rise : -rise;
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] means = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            double sum = 0;
            for (int i = 0; i < LEARNERS; i++) {
                sum += differences[random.nextInt(LEARNERS)];
            }
            means[draw] = sum / LEARNERS;
        }
        Arrays.sort(means);
        return new Difference(
                Arrays.stream(differences).average().orElseThrow(),
                means[(int) (DRAWS * 0.025)],
                means[(int) (DRAWS * 0.975)]);
    }

    private static String one(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static double round(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
