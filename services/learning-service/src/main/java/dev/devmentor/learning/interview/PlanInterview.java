package dev.devmentor.learning.interview;

import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.kit.transaction.UnitOfWork;
import dev.devmentor.learning.engine.card.LearnerSettings;
import dev.devmentor.learning.engine.card.LocalDays;
import dev.devmentor.learning.engine.interview.Gap;
import dev.devmentor.learning.engine.interview.InterviewPlan;
import dev.devmentor.learning.engine.interview.JobDescription;
import dev.devmentor.learning.engine.interview.Measured;
import dev.devmentor.learning.engine.interview.Resume;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.learner.Learners;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Plans a preparation, and plans it anew when there is more to go by. */
@ApplicationScoped
class PlanInterview {
    /** Nobody has more interviews ahead. */
    static final int MOST_INTERVIEWS = 50;

    private final Learners learners;
    private final InterviewTable interviews;
    private final BankSkills skills;
    private final Clock clock;

    PlanInterview(Learners learners, InterviewTable interviews, BankSkills skills, Clock clock) {
        this.learners = learners;
        this.interviews = interviews;
        this.skills = skills;
        this.clock = clock;
    }

    /**
     * What is to be prepared.
     *
     * @param minutesPerDay null for those of the learner's settings
     * @param evidence whether lines of the documents are kept
     */
    record Wish(String title, LocalDate date, @Nullable Integer minutesPerDay, boolean evidence) {}

    /** What a plan is to be made anew with; null leaves it as it is. */
    record Change(
            @Nullable LocalDate date,
            @Nullable Integer minutesPerDay,
            @Nullable Boolean evidence) {}

    /**
     * Looks for skills in the documents.
     *
     * @param cv null if there is none
     */
    Findings findings(List<String> job, @Nullable List<String> cv) {
        JobDescription wanted = JobDescription.read(job, skills);
        if (wanted.wants().isEmpty()) {
            throw ProblemException.unreadable(
                    "jobDescription: it asks for no skill that the question bank knows; name technologies as in an advertisement");
        }
        LocalDate now = LocalDate.ofInstant(clock.instant(), java.time.ZoneOffset.UTC);
        return Findings.of(wanted, cv == null ? null : Resume.read(cv, skills, now.getYear(), now.getMonthValue()));
    }

    /**
     * Stores a preparation with its plan; one that is there under this id stays as it is.
     *
     * @param measured what answers say, by skill
     */
    Interview add(UnitOfWork work, String sub, UUID id, Wish wish, Findings findings, Map<String, Measured> measured)
            throws SQLException {
        Learner learner = lock(work, sub);
        Interview known = interviews.find(work.connection(), learner.id(), id);
        if (known != null) {
            return known;
        }
        if (interviews.count(work.connection(), learner.id()) >= MOST_INTERVIEWS) {
            throw ProblemException.conflict(
                    "limit-reached", "you have " + MOST_INTERVIEWS + " interviews; delete one that is over");
        }
        long now = Micros.of(clock.instant());
        int today = today(learner.settings(), now);
        int day = day(wish.date(), today);
        int minutes = wish.minutesPerDay() == null
                ? Math.max(InterviewPlan.LEAST_MINUTES, learner.preferences().minutesPerDay())
                : wish.minutesPerDay();
        Findings kept = wish.evidence() ? findings : findings.withoutEvidence();
        Interview interview = new Interview(
                id,
                now,
                now,
                wish.title(),
                day,
                minutes,
                wish.evidence(),
                kept,
                plan(kept, measured, today, day, minutes));
        interviews.insert(work.connection(), learner.id(), interview);
        return interview;
    }

    /**
     * Plans anew from today, with what was answered meanwhile.
     *
     * @param measured what answers say, by skill
     */
    Interview replan(UnitOfWork work, String sub, UUID id, Change change, Map<String, Measured> measured)
            throws SQLException {
        Learner learner = lock(work, sub);
        Interview known = interviews.find(work.connection(), learner.id(), id);
        if (known == null) {
            throw ProblemException.notFound("you have no such interview");
        }
        long now = Micros.of(clock.instant());
        int today = today(learner.settings(), now);
        int day = change.date() == null ? known.day() : day(change.date(), today);
        if (day < today) {
            throw ProblemException.invalid("the date of the interview is over; send a new 'date'");
        }
        int minutes = Objects.requireNonNullElse(change.minutesPerDay(), known.minutesPerDay());
        // What was not kept cannot come back.
        boolean evidence = known.evidence() && !Boolean.FALSE.equals(change.evidence());
        Findings findings = evidence ? known.findings() : known.findings().withoutEvidence();
        Interview interview = new Interview(
                id,
                known.createdMicros(),
                now,
                known.title(),
                day,
                minutes,
                evidence,
                findings,
                plan(findings, measured, today, day, minutes));
        interviews.update(work.connection(), learner.id(), interview);
        return interview;
    }

    void delete(UnitOfWork work, String sub, UUID id) throws SQLException {
        if (!interviews.delete(work.connection(), lock(work, sub).id(), id)) {
            throw ProblemException.notFound("you have no such interview");
        }
    }

    private Learner lock(UnitOfWork work, String sub) throws SQLException {
        Learner learner = learners.lock(work.connection(), List.of(sub)).get(sub);
        if (learner == null) {
            throw ProblemException.notFound("this learner was erased");
        }
        return learner;
    }

    private Planned plan(Findings findings, Map<String, Measured> measured, int today, int day, int minutesPerDay) {
        List<Gap> gaps = Gap.between(findings.wants(), findings.claims(), measured, skills.prerequisites());
        return new Planned(gaps, InterviewPlan.make(today, day, minutesPerDay, gaps, skills.prerequisites()));
    }

    private static int today(LearnerSettings settings, long now) {
        return LocalDays.localDay(now, ZoneId.of(settings.zone()), settings.rolloverHour());
    }

    private static int day(LocalDate date, int today) {
        long day = date.toEpochDay();
        if (day < today || day > today + (long) InterviewPlan.LONGEST_DAYS) {
            throw ProblemException.invalid(
                    "'date' is today or later, by at most " + InterviewPlan.LONGEST_DAYS + " days");
        }
        return (int) day;
    }
}
