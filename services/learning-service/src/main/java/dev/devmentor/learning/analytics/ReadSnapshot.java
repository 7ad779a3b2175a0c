package dev.devmentor.learning.analytics;

import dev.devmentor.kit.time.Micros;
import dev.devmentor.learning.card.CardTable;
import dev.devmentor.learning.engine.analytics.AnswerHistory;
import dev.devmentor.learning.engine.card.LearnerSettings;
import dev.devmentor.learning.engine.card.LocalDays;
import dev.devmentor.learning.fit.Calibration;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.learner.Learners;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;

/** Reads log and cards of one learner; of somebody unknown there is nothing. */
@ApplicationScoped
class ReadSnapshot {
    private static final AnswerHistory NOTHING =
            AnswerHistory.of(new int[0], new int[0], new long[0], new int[0], new int[0]);

    private final Learners learners;
    private final CardTable cards;
    private final AnswersTable answers;
    private final Calibration calibration;
    private final AgroalDataSource dataSource;
    private final Clock clock;

    ReadSnapshot(
            Learners learners,
            CardTable cards,
            AnswersTable answers,
            Calibration calibration,
            AgroalDataSource dataSource,
            Clock clock) {
        this.learners = learners;
        this.cards = cards;
        this.answers = answers;
        this.calibration = calibration;
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /** Log and cards of one moment. */
    Snapshot of(String sub) throws SQLException {
        long now = Micros.of(clock.instant());
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement snapshot = connection.createStatement()) {
                // Between log and cards an answer may come: both have to be of one moment.
                snapshot.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
                Learner learner = learners.find(connection, sub);
                LearnerMemory memory = learner == null
                        ? LearnerMemory.UNKNOWN
                        : new LearnerMemory(learner.settings(), calibration.predictor(connection, learner));
                LearnerSettings settings = memory.settings();
                return new Snapshot(
                        memory,
                        LocalDays.localDay(now, ZoneId.of(settings.zone()), settings.rolloverHour()),
                        now,
                        learner == null ? NOTHING : answers.ofLearner(connection, learner.id()),
                        learner == null ? List.of() : cards.ofLearner(connection, learner.id()));
            } finally {
                connection.rollback();
            }
        }
    }
}
