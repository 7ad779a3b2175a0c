package dev.devmentor.bench.forecast;

import dev.devmentor.learning.engine.analytics.AnswerHistory;
import dev.devmentor.learning.engine.analytics.MemoryModel;
import dev.devmentor.learning.engine.fit.Fsrs6Trainer;
import dev.devmentor.learning.engine.fit.Fsrs7Trainer;
import dev.devmentor.learning.engine.fit.Fsrs7Trainer.Targets;
import dev.devmentor.learning.engine.schedule.Fsrs6;
import dev.devmentor.learning.engine.schedule.Fsrs7;

/** A model of memory, with weights from the first half at most. */
enum Predictor {
    FSRS6_DEFAULT("FSRS-6 default") {
        @Override
        MemoryModel of(AnswerHistory before) {
            return MemoryModel.of(Fsrs6.DEFAULT);
        }
    },
    FSRS6_FITTED("FSRS-6 fitted") {
        @Override
        MemoryModel of(AnswerHistory before) {
            return MemoryModel.of(new Fsrs6(Fsrs6Trainer.fit(before.reviews())));
        }
    },
    FSRS7_FITTED("FSRS-7 fitted") {
        @Override
        MemoryModel of(AnswerHistory before) {
            return MemoryModel.of(new Fsrs7(Fsrs7Trainer.fit(before.reviews(), Targets.LONG_TERM)));
        }
    };

    /** The model that is shipped for predictions: see the headline of scripts/bench srs. */
    static final Predictor HEADLINE = FSRS7_FITTED;

    private final String title;

    Predictor(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    abstract MemoryModel of(AnswerHistory before);
}
