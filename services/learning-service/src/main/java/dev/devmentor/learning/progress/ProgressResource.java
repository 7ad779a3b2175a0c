package dev.devmentor.learning.progress;

import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.learning.card.Card;
import dev.devmentor.learning.card.CardTable;
import dev.devmentor.learning.card.CardView;
import dev.devmentor.learning.card.Predictor;
import dev.devmentor.learning.engine.card.CardState;
import dev.devmentor.learning.engine.card.LocalDays;
import dev.devmentor.learning.engine.person.PersonState;
import dev.devmentor.learning.engine.progress.Points;
import dev.devmentor.learning.engine.progress.Progress;
import dev.devmentor.learning.engine.progress.Streak;
import dev.devmentor.learning.engine.schedule.Models;
import dev.devmentor.learning.fit.Calibration;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.learner.Learners;
import dev.devmentor.learning.person.LoadView;
import dev.devmentor.learning.person.People;
import io.agroal.api.AgroalDataSource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The caller's progress. */
@Path("/api/learning/progress")
@RolesAllowed(Caller.LEARNER)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Progress")
public class ProgressResource {
    private static final int RECENT_DAYS = 30;

    private final Caller caller;
    private final Learners learners;
    private final CardTable cards;
    private final Calibration calibration;
    private final People people;
    private final AgroalDataSource dataSource;
    private final Clock clock;

    ProgressResource(
            Caller caller,
            Learners learners,
            CardTable cards,
            Calibration calibration,
            People people,
            AgroalDataSource dataSource,
            Clock clock) {
        this.caller = caller;
        this.learners = learners;
        this.cards = cards;
        this.calibration = calibration;
        this.people = people;
        this.dataSource = dataSource;
        this.clock = clock;
    }

    private record Day(int localDay, long answers, long correct, long lastMicros) {}

    private static final class SkillSum {
        private int cards;
        private int due;
        private int reviewed;
        private double recall;
    }

    @GET
    @Path("/{userId}")
    @Operation(summary = "What a learner has done", description = "Only one's own; somebody else's is 404.")
    public ProgressView progress(@Parameter(example = "demo") @PathParam("userId") String userId) throws SQLException {
        caller.mustBe(userId);
        PersonState person = people.current(userId);
        long now = Micros.of(clock.instant());
        try (Connection connection = dataSource.getConnection()) {
            Learner learner = learners.find(connection, userId);
            if (learner == null) {
                return sum(
                        userId,
                        List.of(),
                        List.of(),
                        Predictor.of(Models.DEFAULT),
                        person,
                        LocalDays.localDay(now, ZoneOffset.UTC, 0),
                        now);
            }
            int today = LocalDays.localDay(
                    now,
                    ZoneId.of(learner.settings().zone()),
                    learner.settings().rolloverHour());
            connection.setAutoCommit(false);
            try {
                return sum(
                        userId,
                        days(connection, learner.id()),
                        cards.ofLearner(connection, learner.id()),
                        calibration.predictor(connection, learner),
                        person,
                        today,
                        now);
            } finally {
                connection.rollback();
            }
        }
    }

    private static ProgressView sum(
            String userId,
            List<Day> days,
            List<Card> cards,
            Predictor predictor,
            PersonState person,
            int today,
            long now) {
        Map<String, Integer> byState = new TreeMap<>();
        Map<String, SkillSum> skills = new TreeMap<>();
        int dueNow = 0;
        for (Card card : cards) {
            CardState state = card.state();
            boolean due = state.isDue(now);
            dueNow += due ? 1 : 0;
            byState.merge(CardView.stateName(state), 1, Integer::sum);
            for (String skill : card.skills()) {
                SkillSum sum = skills.computeIfAbsent(skill, _ -> new SkillSum());
                sum.cards++;
                sum.due += due ? 1 : 0;
                if (state.isReviewed()) {
                    sum.reviewed++;
                    sum.recall += predictor.recall(state, now);
                }
            }
        }
        long answers = days.stream().mapToLong(Day::answers).sum();
        long recent = days.stream().limit(RECENT_DAYS).mapToLong(Day::answers).sum();
        long recentCorrect =
                days.stream().limit(RECENT_DAYS).mapToLong(Day::correct).sum();
        return new ProgressView(
                userId,
                answers,
                days.stream().mapToLong(Day::correct).sum(),
                cards.size(),
                dueNow,
                byState,
                days.size(),
                streak(days, today),
                days.stream()
                        .filter(day -> day.localDay() == today)
                        .mapToLong(Day::answers)
                        .sum(),
                recent == 0 ? null : (double) recentCorrect / recent,
                days.isEmpty()
                        ? null
                        : Micros.toInstant(
                                days.stream().mapToLong(Day::lastMicros).max().orElseThrow()),
                skills.entrySet().stream()
                        .map(skill -> new ProgressView.Skill(
                                skill.getKey(),
                                skill.getValue().cards,
                                skill.getValue().due,
                                skill.getValue().reviewed == 0
                                        ? null
                                        : skill.getValue().recall / skill.getValue().reviewed))
                        .toList(),
                xp(person.progress(), today),
                streakView(person.progress().streak(), today),
                person.progress().achievements().entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                        .map(Map.Entry::getKey)
                        .toList(),
                LoadView.of(person.session(), now));
    }

    private static ProgressView.Xp xp(Progress progress, int today) {
        int level = progress.level();
        return new ProgressView.Xp(
                progress.points(), progress.pointsOn(today), level, Points.ofLevel(level), Points.ofLevel(level + 1L));
    }

    private static ProgressView.Streak streakView(Streak streak, int today) {
        return new ProgressView.Streak(
                streak.daysOn(today),
                streak.longest(),
                streak.freezesOn(today),
                streak.freezesUsed(),
                streak.lastDay() >= today);
    }

    /** Days in a row, newest first in the list; a day not begun yet does not break them. */
    static int streakOf(int[] newestFirst, int today) {
        int streak = 0;
        int expected = newestFirst.length > 0 && newestFirst[0] >= today ? newestFirst[0] : today - 1;
        for (int day : newestFirst) {
            if (day != expected) {
                break;
            }
            streak++;
            expected--;
        }
        return streak;
    }

    private static int streak(List<Day> days, int today) {
        return streakOf(days.stream().mapToInt(Day::localDay).toArray(), today);
    }

    /** Days with answers, newest first. */
    private static List<Day> days(Connection connection, long learnerId) throws SQLException {
        List<Day> days = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT local_day, count(*), count(*) FILTER (WHERE correct), max(at_us) FROM entry
                WHERE learner_id = ? AND kind = 1 GROUP BY local_day ORDER BY local_day DESC""")) {
            select.setLong(1, learnerId);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    days.add(new Day(rows.getInt(1), rows.getLong(2), rows.getLong(3), rows.getLong(4)));
                }
            }
        }
        return days;
    }
}
