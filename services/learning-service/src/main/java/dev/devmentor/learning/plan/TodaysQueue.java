package dev.devmentor.learning.plan;

import dev.devmentor.learning.engine.card.LearnerSettings;
import dev.devmentor.learning.engine.card.LocalDays;
import dev.devmentor.learning.engine.plan.Siblings;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.learner.Preferences;
import dev.devmentor.learning.log.EntryTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What of a list of due cards comes on one day, as the learner chose: at most so many reviews, and one card of each group of
 * siblings. Nothing moves: the next day decides anew. What was answered on the day and failed always comes back.
 */
@ApplicationScoped
public class TodaysQueue {
    private final SiblingGroups groups;

    TodaysQueue(SiblingGroups groups) {
        this.groups = groups;
    }

    /**
     * The part of a list that comes on the learner's day at a time.
     *
     * @param inOrder in the order in which it is to be asked
     * @param itemOf the card of an element
     * @param isNew whether an element is offered as a new card, which the limit of reviews does not concern
     * @return in the same order; the list itself if the learner chose neither
     */
    public <T> List<T> of(
            Connection connection,
            Learner learner,
            long atMicros,
            List<T> inOrder,
            Function<? super T, String> itemOf,
            Predicate<? super T> isNew)
            throws SQLException {
        Preferences chosen = learner.preferences();
        boolean limited = chosen.reviewsPerDay() < Preferences.DEFAULT.reviewsPerDay();
        if ((!limited && !chosen.burySiblings()) || inOrder.isEmpty()) {
            return inOrder;
        }
        Set<String> answered = answeredOn(connection, learner, atMicros);
        List<T> rest = inOrder;
        if (chosen.burySiblings()) {
            Map<String, String> groupOf = groups.of(connection, learner.id());
            Set<String> seen = new HashSet<>();
            answered.forEach(item -> seen.add(groupOf.getOrDefault(item, item)));
            rest = Siblings.bury(
                            rest,
                            each -> groupOf.getOrDefault(itemOf.apply(each), itemOf.apply(each)),
                            each -> answered.contains(itemOf.apply(each)),
                            seen)
                    .shown();
        }
        if (!limited) {
            return rest;
        }
        int room = Math.max(0, chosen.reviewsPerDay() - answered.size());
        List<T> shown = new ArrayList<>();
        for (T each : rest) {
            if (isNew.test(each) || answered.contains(itemOf.apply(each)) || room-- > 0) {
                shown.add(each);
            }
        }
        return shown;
    }

    /**
     * How many new cards may still be offered on the learner's day at a time: what the learner chose, less the cards whose
     * first answer was given on that day, wherever it was given.
     */
    public int roomForNew(Connection connection, Learner learner, long atMicros) throws SQLException {
        int wanted = learner.preferences().newPerDay();
        if (wanted == 0) {
            return 0;
        }
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT count(*) FROM (
                    SELECT e.item FROM entry e WHERE e.learner_id = ? AND e.kind = 1 AND
                """ + EntryTable.NOT_TAKEN_BACK + """
                    GROUP BY e.item HAVING min(e.local_day) = ?) first""")) {
            select.setLong(1, learner.id());
            select.setInt(2, day(learner, atMicros));
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return (int) Math.max(0, wanted - rows.getLong(1));
            }
        }
    }

    private static int day(Learner learner, long atMicros) {
        LearnerSettings settings = learner.settings();
        return LocalDays.localDay(atMicros, ZoneId.of(settings.zone()), settings.rolloverHour());
    }

    /** Cards answered on the learner's day at a time, by answers that were not taken back. */
    private static Set<String> answeredOn(Connection connection, Learner learner, long atMicros) throws SQLException {
        Set<String> items = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT DISTINCT e.item FROM entry e WHERE e.learner_id = ? AND e.kind = 1 AND e.local_day = ? AND
                """ + EntryTable.NOT_TAKEN_BACK)) {
            select.setLong(1, learner.id());
            select.setInt(2, day(learner, atMicros));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    items.add(rows.getString(1));
                }
            }
        }
        return items;
    }
}
