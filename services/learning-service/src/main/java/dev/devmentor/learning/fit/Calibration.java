package dev.devmentor.learning.fit;

import dev.devmentor.learning.card.Predictor;
import dev.devmentor.learning.engine.predict.OnlineOffset;
import dev.devmentor.learning.learner.Learner;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;

/** How much a learner's predictions are corrected for how the last answers went. */
@ApplicationScoped
public class Calibration {
    private final FitTable table;

    Calibration(FitTable table) {
        this.table = table;
    }

    /** What predicts a learner's recall wherever it is shown. */
    public Predictor predictor(Connection connection, Learner learner) throws SQLException {
        return new Predictor(learner.models(), of(connection, learner.id()));
    }

    /** The offset to apply to predictions of recall; none if nothing was learnt yet. */
    public OnlineOffset of(Connection connection, long learnerId) throws SQLException {
        return table.of(connection, learnerId).offset();
    }
}
