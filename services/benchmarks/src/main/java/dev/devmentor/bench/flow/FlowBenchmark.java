package dev.devmentor.bench.flow;

import dev.devmentor.bench.Benchmark;
import dev.devmentor.bench.BenchmarkFailed;
import dev.devmentor.bench.Report;
import dev.devmentor.bench.flow.Simulation.Outcome;
import dev.devmentor.learning.engine.rating.Layer;
import dev.devmentor.learning.engine.rating.LayerEvidence;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** How near simulated learners are kept to 75 % right answers, by the rating and the choice, and by their peers. */
public final class FlowBenchmark implements Benchmark {

    private static final int TEACHERS = 400;
    private static final int LEARNERS = 4_000;
    private static final int QUESTIONS = 200;
    private static final int JUMP_AT = 100;
    private static final double JUMP = 1.5;
    private static final int EPOCH = 1_000;
    private static final long SEED = 20_260_201;

    private static final List<Pool.Item> LARGE = Pool.even(8_000, -8, 8);
    private static final List<Pool.Item> SMALL = Pool.even(600, -3, 3);

    @Override
    public Report run(Path root, List<String> arguments) throws Exception {
        long seed = seed(arguments);
        Report report = new Report(
                "policy",
                "population %",
                "worst ten",
                "mae points",
                "within 5 %",
                "after jump up %",
                "after jump down %");
        row(report, seed, "plain Elo", EloPolicy::new, LEARNERS);
        row(report, seed, "exact Bayes, knows the simulator", BayesPolicy::new, LEARNERS / 4);
        Figures shipped = row(
                report,
                seed,
                "rating and choice (as shipped)",
                () -> new RatingPolicy(Layer.INITIAL, new LayerEvidence()),
                LEARNERS);
        System.err.printf("%,d earlier learners teach a layer%n", TEACHERS);
        Layer layer = taught(seed);
        row(report, seed, "choice by the layer", () -> new RatingPolicy(layer, new LayerEvidence()), LEARNERS);

        System.err.println("a pool of 600 items");
        Outcome starved = new Simulation(SMALL, LEARNERS / 8, QUESTIONS, QUESTIONS, 0, seed + 2)
                .run(() -> new RatingPolicy(Layer.INITIAL, new LayerEvidence()));
        int missing =
                starved.missing().values().stream().mapToInt(Integer::intValue).sum();
        if (missing == 0) {
            throw new BenchmarkFailed("the pool of 600 items starved, and nobody said so");
        }
        return report.note(
                        "%,d learners (a quarter for Bayes); population over questions 20-100, worst mean of ten among them; errors over 50-100;"
                                + " jump of %.1f logits after question %d, read 31-60 later.",
                        LEARNERS, JUMP, JUMP_AT)
                .note(
                        "Pool of 600 items from -3 to 3: %.1f %% at questions 151-200; said %,d times that items are missing, most often of difficulty %s.",
                        starved.population(151, 200),
                        missing,
                        String.join(", ", Simulation.levels(starved.missing(), 3)))
                .value("population_pct", round(shipped.population()))
                .value("mae_points", round(shipped.error()))
                .value("within5_pct", round(shipped.within5()))
                .value("after_jump_pct", round(shipped.afterJump()))
                .value("learners", LEARNERS)
                .value("seed", seed);
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

    /** A layer after some learners who meet no jump, an epoch for every thousand answers or so. */
    static Layer taught(long seed) {
        Layer[] layer = {Layer.INITIAL};
        LayerEvidence[] evidence = {new LayerEvidence()};
        new Simulation(LARGE, TEACHERS, QUESTIONS, QUESTIONS, 0, seed + 1).run(() -> {
            if (evidence[0].answers() >= EPOCH) {
                layer[0] = layer[0].next(evidence[0]);
                evidence[0] = new LayerEvidence();
            }
            return new RatingPolicy(layer[0], evidence[0]);
        });
        return layer[0];
    }

    private record Figures(
            double population, double worst, double error, double within5, double afterJump, double afterFall) {}

    private static Figures row(Report report, long seed, String name, Supplier<Policy> policies, int learners) {
        System.err.println(name);
        Outcome up = new Simulation(LARGE, learners, QUESTIONS, JUMP_AT, JUMP, seed).run(policies);
        Outcome down = new Simulation(LARGE, learners, QUESTIONS, JUMP_AT, -JUMP, seed).run(policies);
        double worst = 75;
        for (int from = 20; from <= 91; from++) {
            double ten = up.population(from, from + 9);
            worst = Math.abs(ten - 75) > Math.abs(worst - 75) ? ten : worst;
        }
        int read = JUMP_AT + 31;
        Figures figures = new Figures(
                up.population(20, 100),
                worst,
                up.error(50, 100),
                up.within5(50, 100),
                up.population(read, read + 29),
                down.population(read, read + 29));
        report.row(
                name,
                one(figures.population()),
                one(figures.worst()),
                String.format(Locale.ROOT, "%.2f", figures.error()),
                one(figures.within5()),
                one(figures.afterJump()),
                one(figures.afterFall()));
        return figures;
    }

    private static String one(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static double round(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
