package dev.devmentor.learning.log;

import dev.devmentor.learning.card.Card;
import dev.devmentor.learning.card.CardKey;
import dev.devmentor.learning.card.CardTable;
import dev.devmentor.learning.engine.card.CardFold;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Folds every card of a database again from the log and stores those that differ, for an upgrade with nobody else there. */
public final class RefoldCards {
    private static final int LEARNERS_AT_ONCE = 500;

    private RefoldCards() {}

    /** Refolds, in the caller's transaction. */
    public static void all(Connection connection) throws SQLException {
        Map<Long, String> learners = learnersAfter(connection, 0);
        while (!learners.isEmpty()) {
            long last = 0;
            for (Map.Entry<Long, String> learner : learners.entrySet()) {
                last = Math.max(last, learner.getKey());
                ofLearner(connection, learner.getKey(), learner.getValue());
            }
            learners = learnersAfter(connection, last);
        }
    }

    private static void ofLearner(Connection connection, long learnerId, String sub) throws SQLException {
        EntryTable entries = new EntryTable();
        CardTable cards = new CardTable();
        Map<CardKey, Card> stored = new HashMap<>();
        for (Card card : cards.ofLearner(connection, learnerId)) {
            stored.put(card.key(), card);
        }
        CardFold fold = new CardFold(
                ReviewLog.timeline(entries.timelinesOf(connection, List.of(learnerId), Map.of(learnerId, sub))
                        .getOrDefault(learnerId, List.of())));
        List<Card> changed = new ArrayList<>();
        Replay replay = new Replay(_ -> fold, card -> {
            Card before = stored.get(card.key());
            if (before != null && !before.state().equals(card.state())) {
                changed.add(card);
            }
        });
        entries.visitFoldable(connection, learnerId, replay);
        replay.finish();
        cards.update(connection, changed);
    }

    private static Map<Long, String> learnersAfter(Connection connection, long id) throws SQLException {
        Map<Long, String> learners = new HashMap<>();
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id, sub FROM learner WHERE id > ? ORDER BY id LIMIT ?")) {
            select.setLong(1, id);
            select.setInt(2, LEARNERS_AT_ONCE);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    learners.put(rows.getLong(1), rows.getString(2));
                }
            }
        }
        return learners;
    }
}
