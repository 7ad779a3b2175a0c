package dev.devmentor.bench.srs;

import dev.devmentor.bench.srs.Trial.Fold;
import dev.devmentor.deterministic.DeterministicMath;
import dev.devmentor.learning.engine.fit.Fsrs7Trainer;
import dev.devmentor.learning.engine.fit.Fsrs7Trainer.Targets;
import dev.devmentor.learning.engine.fit.GuardedFit;
import dev.devmentor.learning.engine.fit.GuardedFit.Layer;
import dev.devmentor.learning.engine.fit.Recall;
import dev.devmentor.learning.engine.fit.ReviewHistory;
import dev.devmentor.learning.engine.predict.OnlineOffset;
import dev.devmentor.learning.engine.schedule.Fsrs6;
import dev.devmentor.learning.engine.schedule.Fsrs6Weights;
import dev.devmentor.learning.engine.schedule.Fsrs7;
import dev.devmentor.learning.engine.schedule.Fsrs7Weights;
import dev.devmentor.learning.engine.schedule.Grade;
import dev.devmentor.learning.engine.schedule.Sm2;
import dev.devmentor.learning.engine.schedule.Sm2Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A row of the table: how the predictions of each part come about. */
enum Model {
    SM2("SM-2") {
        @Override
        List<double[]> predict(Trial trial) {
            return perFold(trial, fold -> at(sm2(fold.history()), fold.tested()));
        }
    },
    MOVING_AVERAGE("moving average") {
        @Override
        List<double[]> predict(Trial trial) {
            return perFold(trial, Model::movingAverage);
        }
    },
    FSRS6_DEFAULT("FSRS-6 default") {
        @Override
        List<double[]> predict(Trial trial) {
            return perFold(trial, fold -> at(Recall.of(Fsrs6.DEFAULT, fold.history()), fold.tested()));
        }
    },
    FSRS6_FITTED("FSRS-6 fitted") {
        @Override
        List<double[]> predict(Trial trial) {
            List<double[]> parts = new ArrayList<>();
            Fsrs6Weights weights = Fsrs6Weights.DEFAULT;
            for (Fold fold : trial.folds()) {
                Fsrs6Weights before = trial.history().hasClock() ? weights : Fsrs6Weights.DEFAULT;
                weights = GuardedFit.fsrs6(fold.training(), before, Layer.NONE).weights();
                parts.add(at(Recall.of(new Fsrs6(weights), fold.history()), fold.tested()));
            }
            return parts;
        }
    },
    FSRS7_DEFAULT("FSRS-7 default") {
        @Override
        List<double[]> predict(Trial trial) {
            return perFold(trial, fold -> at(Recall.of(Fsrs7.DEFAULT, fold.history()), fold.tested()));
        }
    },
    FSRS7_FITTED("FSRS-7 fitted") {
        @Override
        List<double[]> predict(Trial trial) {
            return guarded(trial, Targets.ALL);
        }
    },
    FSRS7_LONG_TERM("FSRS-7 fitted to later days") {
        @Override
        List<double[]> predict(Trial trial) {
            return guarded(trial, Targets.LONG_TERM);
        }
    },
    /** What the guard costs or saves: every fit takes over at once, with the offset. Nobody gets this. */
    FSRS7_UNGUARDED("FSRS-7 fitted + online, without guard (not shipped)") {
        @Override
        List<double[]> predict(Trial trial) {
            return perFold(trial, fold -> {
                Fsrs7Weights weights = Fsrs7Trainer.fit(fold.training(), Targets.LONG_TERM);
                return online(trial, fold, Recall.of(new Fsrs7(weights), fold.history()));
            });
        }
    },
    /**
     * The headline: what the learning service does by default, step by step (its FitWeights). The fit is guarded, the guard judges
     * with the offset, and the offset is added. Without a clock there is no order of answers to keep up with, and the
     * offset rests.
     */
    FSRS7_SHIPPED("FSRS-7 fitted + online (shipped)") {
        @Override
        List<double[]> predict(Trial trial) {
            Layer layer = trial.history().hasClock() ? Layer.ONLINE : Layer.NONE;
            List<Fsrs7Weights> weights = guardedWeights(trial, Targets.LONG_TERM, layer);
            List<double[]> parts = new ArrayList<>();
            for (Fold fold : trial.folds()) {
                double[] p = Recall.of(new Fsrs7(weights.get(parts.size())), fold.history());
                parts.add(online(trial, fold, p));
            }
            return parts;
        }
    };

    static final Model HEADLINE = FSRS7_SHIPPED;

    /** srs-benchmark's moving average, script.py: on the scale of log odds, from 1.2, by .3 times the surprise. */
    private static final double START = 1.2;

    private static final double STEP = 0.3;

    private final String title;

    Model(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** The same model without a fit, which a fitted one must not fall behind; empty for those that aren't fitted. */
    Optional<Model> unfitted() {
        return switch (this) {
            case FSRS6_FITTED -> Optional.of(FSRS6_DEFAULT);
            case FSRS7_FITTED, FSRS7_LONG_TERM, FSRS7_UNGUARDED, FSRS7_SHIPPED -> Optional.of(FSRS7_DEFAULT);
            default -> Optional.empty();
        };
    }

    /** By part, the prediction of each tested row. */
    abstract List<double[]> predict(Trial trial);

    private interface Part {
        double[] predict(Fold fold);
    }

    private static List<double[]> perFold(Trial trial, Part part) {
        return trial.folds().stream().map(part::predict).toList();
    }

    private static List<double[]> guarded(Trial trial, Targets targets) {
        List<double[]> parts = new ArrayList<>();
        List<Fsrs7Weights> weights = guardedWeights(trial, targets, Layer.NONE);
        for (Fold fold : trial.folds()) {
            double[] p = Recall.of(new Fsrs7(weights.get(parts.size())), fold.history());
            parts.add(at(p, fold.tested()));
        }
        return parts;
    }

    /** By part; with a clock each fit knows what was in use before, as in the service. */
    private static List<Fsrs7Weights> guardedWeights(Trial trial, Targets targets, Layer layer) {
        List<Fsrs7Weights> parts = new ArrayList<>();
        Fsrs7Weights weights = Fsrs7Weights.DEFAULT;
        for (Fold fold : trial.folds()) {
            Fsrs7Weights before = trial.history().hasClock() ? weights : Fsrs7Weights.DEFAULT;
            weights = GuardedFit.fsrs7(fold.training(), before, targets, layer).weights();
            parts.add(weights);
        }
        return parts;
    }

    /** Predictions with the offset; without a clock those of the model. */
    private static double[] online(Trial trial, Fold fold, double[] p) {
        if (!trial.history().hasClock()) {
            return at(p, fold.tested());
        }
        OnlineOffset offset = OnlineOffset.NONE;
        for (int row : fold.warmUp()) {
            offset = offset.after(p[row], fold.history().grade(row) > 1);
        }
        double[] predicted = new double[fold.tested().length];
        for (int i = 0; i < predicted.length; i++) {
            int row = fold.tested()[i];
            predicted[i] = offset.apply(p[row]);
            offset = offset.after(p[row], fold.history().grade(row) > 1);
        }
        return predicted;
    }

    private static double[] movingAverage(Fold fold) {
        double x = START;
        for (int row : fold.warmUp()) {
            x += STEP * ((fold.history().grade(row) > 1 ? 1 : 0) - logistic(x));
        }
        double[] predicted = new double[fold.tested().length];
        for (int i = 0; i < predicted.length; i++) {
            predicted[i] = logistic(x);
            x += STEP * ((fold.history().grade(fold.tested()[i]) > 1 ? 1 : 0) - predicted[i]);
        }
        return predicted;
    }

    /** .9^(t / interval), as srs-benchmark makes SM-2 a model of recall; answers on the same day are left out. */
    private static double[] sm2(ReviewHistory history) {
        double[] p = new double[history.size()];
        for (int card = 0; card < history.cards(); card++) {
            Sm2Memory memory = Sm2Memory.NEW;
            for (int i = 0; i < history.length(card); i++) {
                int row = history.row(card, i);
                if (history.isLongTerm(row)) {
                    double recall = DeterministicMath.pow(0.9, history.days(row) / (double) memory.intervalDays());
                    p[row] = Math.clamp(recall, 0.0001, 0.9999);
                }
                if (i == 0 || history.isLongTerm(row)) {
                    memory = Sm2.next(memory, Grade.of(history.grade(row)));
                }
            }
        }
        return p;
    }

    private static double logistic(double x) {
        return 1 / (1 + DeterministicMath.exp(-x));
    }

    private static double[] at(double[] p, int[] rows) {
        double[] result = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            result[i] = p[rows[i]];
        }
        return result;
    }
}
