package dev.devmentor.learning.interview;

import dev.devmentor.kit.time.Micros;
import dev.devmentor.learning.engine.interview.FoundSkill;
import dev.devmentor.learning.engine.interview.Gap;
import dev.devmentor.learning.engine.interview.InterviewPlan;
import dev.devmentor.learning.engine.interview.JobDescription;
import dev.devmentor.learning.engine.interview.Need;
import dev.devmentor.learning.engine.interview.Resume;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A preparation as shown. */
@Schema(examples = """
        {"id": "d3a1f6b4-2c57-4e8d-8f10-7b6e5d4c3a21", "title": "Backend engineer at Example", "date": "2026-12-18",
         "minutesPerDay": 45, "createdAt": "2026-12-01T09:00:00Z", "plannedAt": "2026-12-01T09:00:00Z",
         "seniority": "senior", "seniorityStated": true, "experienceMonths": 62, "evidence": true,
         "skills": [{"skill": "kafka.partitions", "name": "Partitions and keys", "need": "required", "neededFor": null,
          "wantedLevel": 0.8, "level": 0.575, "confidence": 0.158, "basis": "claimed", "gap": 0.225, "studyMinutes": 60,
          "yearsWanted": 3, "claimedLevel": 0.65, "claimedMonths": 24,
          "wantedBecause": [{"line": 7, "term": "Kafka", "text": "- solid knowledge of Kafka"}],
          "claimedBecause": [{"line": 12, "term": "Kafka", "text": "Order events with Kafka"}]}],
         "plan": {"firstDay": "2026-12-01", "feasible": true, "summary": "The one gap is closed in time.",
          "days": [{"date": "2026-12-01", "buffer": false, "minutes": 35,
           "activities": [{"kind": "study", "skill": "kafka.partitions", "minutes": 35,
            "text": "Learn “Partitions and keys”"}]}],
          "leftOut": []},
         "quiz": {"skills": ["kafka.partitions"], "size": 20, "minutes": 25}}""")
public record InterviewView(
        UUID id,
        @Schema(examples = {"Backend engineer at Example"}) String title,

        @Schema(examples = {"2026-12-18"}) LocalDate date,

        @Schema(examples = {"45"}) int minutesPerDay,

        Instant createdAt,

        @Schema(description = "when the plan was made, and answers were last looked at")
        Instant plannedAt,

        @Schema(
                description = "junior, middle, senior or lead",
                examples = {"senior"})
        String seniority,

        @Schema(description = "whether the job description says so; if not, it is middle")
        boolean seniorityStated,

        @Schema(
                description = "months of work that the CV shows; null without a CV",
                examples = {"62"})
        @Nullable Integer experienceMonths,

        @Schema(description = "whether lines of the documents are kept as evidence")
        boolean evidence,

        @Schema(description = "most wanted first") List<SkillView> skills,

        PlanView plan,
        QuizParameters quiz) {

    /**
     * A skill that the job wants, or that has to be learnt first.
     *
     * <p>Levels are shares of questions of middle difficulty answered rightly, 0 to 1.
     */
    @Schema(description = "levels are shares of questions of middle difficulty answered rightly, 0 to 1")
    public record SkillView(
            @Schema(examples = {"kafka.partitions"}) String skill,

            @Schema(examples = {"Partitions and keys"}) String name,

            @Schema(
                    description = "required or optional; of a prerequisite that of what needs it",
                    examples = {"required"})
            String need,

            @Schema(description = "the skill that cannot be learnt without this one; null if the job names it itself")
            @Nullable String neededFor,

            @Schema(examples = {"0.8"}) double wantedLevel,

            @Schema(
                    description = "what is estimated from claims and answers",
                    examples = {"0.575"})
            double level,

            @Schema(
                    description = "in the estimate, 0 (nothing known) to 1",
                    examples = {"0.158"})
            double confidence,

            @Schema(
                    description =
                            "what the estimate rests on: nothing, implied (a claim of something that builds on it),"
                                    + " claimed or measured",
                    examples = {"claimed"})
            String basis,

            @Schema(examples = {"0.225"}) double gap,

            @Schema(
                    description = "that closing the gap takes",
                    examples = {"60"})
            int studyMinutes,

            @Schema(description = "of experience that the job asks for beside the skill") @Nullable Integer yearsWanted,

            @Schema(description = "level that the CV claims") @Nullable Double claimedLevel,

            @Schema(description = "of work in which the CV shows the skill") @Nullable Integer claimedMonths,

            @Schema(description = "lines of the job description")
            List<EvidenceView> wantedBecause,

            @Schema(description = "lines of the CV") List<EvidenceView> claimedBecause) {}

    /** A line that names a skill. */
    public record EvidenceView(
            @Schema(
                    description = "counted from 1, without empty lines",
                    examples = {"7"})
            int line,

            @Schema(examples = {"Kafka"}) String term,

            @Schema(
                    description = "the line, or what is around the term",
                    examples = {"- solid knowledge of Kafka"})
            String text) {}

    /** The plan. */
    public record PlanView(
            @Schema(examples = {"2026-12-01"}) LocalDate firstDay,

            @Schema(description = "whether every gap is closed by the date")
            boolean feasible,

            @Schema(examples = {"2 of 3 gaps are closed in time. Left out: Windows (optional)."})
            String summary,

            @Schema(description = "every day from the first to the last before the interview")
            List<DayView> days,

            List<LeftOutView> leftOut) {}

    /** A day. */
    public record DayView(
            @Schema(examples = {"2026-12-01"}) LocalDate date,

            @Schema(description = "whether it is kept free of anything new")
            boolean buffer,

            @Schema(examples = {"45"}) int minutes,

            List<ActivityView> activities) {}

    /** Something to do. */
    public record ActivityView(
            @Schema(
                    description = "check, study, review or mock",
                    examples = {"study"})
            String kind,

            @Schema(
                    description = "null for a mock quiz",
                    examples = {"kafka.partitions"})
            @Nullable String skill,

            @Schema(examples = {"35"}) int minutes,

            @Schema(examples = {"Learn “Partitions and keys”"})
            String text) {}

    /** A gap that stays open. */
    public record LeftOutView(
            String skill,
            String name,
            String need,

            @Schema(description = "that closing it takes") int minutes,

            @Schema(description = "of them in the plan all the same")
            int planned,

            @Schema(
                    description = "no-day, no-time or prerequisite-left-out",
                    examples = {"no-time"})
            String reason) {}

    static InterviewView of(Interview interview, BankSkills skills) {
        Findings findings = interview.findings();
        return new InterviewView(
                interview.id(),
                interview.title(),
                LocalDate.ofEpochDay(interview.day()),
                interview.minutesPerDay(),
                Micros.toInstant(interview.createdMicros()),
                Micros.toInstant(interview.plannedMicros()),
                wire(findings.seniority()),
                findings.statedSeniority(),
                findings.months(),
                interview.evidence(),
                skills(interview, skills),
                plan(interview.planned(), skills),
                QuizParameters.of(interview, Math.min(interview.minutesPerDay(), QuizParameters.USUAL_MINUTES)));
    }

    private static List<SkillView> skills(Interview interview, BankSkills skills) {
        Map<String, JobDescription.Want> wants = new HashMap<>();
        interview.findings().wants().forEach(want -> wants.put(want.skill(), want));
        Map<String, Resume.Claim> claims = new HashMap<>();
        interview.findings().claims().forEach(claim -> claims.put(claim.skill(), claim));
        return interview.planned().gaps().stream()
                .map(gap -> skill(gap, wants.get(gap.skill()), claims.get(gap.skill()), skills))
                .toList();
    }

    private static SkillView skill(
            Gap gap, JobDescription.@Nullable Want want, Resume.@Nullable Claim claim, BankSkills skills) {
        return new SkillView(
                gap.skill(),
                skills.name(gap.skill()),
                wire(gap.need()),
                gap.neededFor(),
                thousandths(gap.wanted()),
                thousandths(gap.level()),
                thousandths(gap.confidence()),
                wire(gap.basis()),
                thousandths(gap.size()),
                gap.minutes(),
                want == null || want.years() < 0 ? null : want.years(),
                claim == null ? null : thousandths(claim.level()),
                claim == null || claim.months() < 0 ? null : claim.months(),
                want == null ? List.of() : evidence(want.evidence()),
                claim == null ? List.of() : evidence(claim.evidence()));
    }

    private static List<EvidenceView> evidence(List<FoundSkill.Place> places) {
        return places.stream()
                .map(place -> new EvidenceView(place.line(), place.term(), place.text()))
                .toList();
    }

    private static PlanView plan(Planned planned, BankSkills skills) {
        InterviewPlan plan = planned.plan();
        return new PlanView(
                LocalDate.ofEpochDay(plan.firstDay()),
                plan.feasible(),
                summary(planned, skills),
                plan.days().stream()
                        .map(day -> new DayView(
                                LocalDate.ofEpochDay(day.day()),
                                day.buffer(),
                                day.minutes(),
                                day.activities().stream()
                                        .map(activity -> activity(activity, skills))
                                        .toList()))
                        .toList(),
                plan.leftOut().stream()
                        .map(left -> new LeftOutView(
                                left.skill(),
                                skills.name(left.skill()),
                                wire(left.need()),
                                left.minutes(),
                                left.planned(),
                                wire(left.reason())))
                        .toList());
    }

    private static ActivityView activity(InterviewPlan.Activity activity, BankSkills skills) {
        String skill = activity.skill();
        String name = skill == null ? "" : "“" + skills.name(skill) + "”";
        String text = switch (activity.kind()) {
            case CHECK -> "Answer a few questions on " + name + ": your CV claims it, and nothing has measured it yet";
            case STUDY -> "Learn " + name;
            case REVIEW -> "Look at " + name + " again";
            case MOCK -> "Take a mock quiz on all that the job wants";
        };
        return new ActivityView(wire(activity.kind()), skill, activity.minutes(), text);
    }

    private static String summary(Planned planned, BankSkills skills) {
        InterviewPlan plan = planned.plan();
        long open = planned.gaps().stream().filter(Gap::open).count();
        if (open == 0) {
            return "There is no gap; what is left is to stay in practice.";
        }
        int left = plan.leftOut().size();
        if (left == 0) {
            return open == 1 ? "The one gap is closed in time." : "All " + open + " gaps are closed in time.";
        }
        StringBuilder text = new StringBuilder();
        if (plan.days().isEmpty()) {
            text.append("No day is left before the interview.");
        } else {
            text.append(open - left).append(" of ").append(open).append(" gaps are closed in time.");
        }
        text.append(" Left out: ");
        int shown = Math.min(left, 5);
        for (int i = 0; i < shown; i++) {
            InterviewPlan.LeftOut one = plan.leftOut().get(i);
            text.append(i == 0 ? "" : ", ")
                    .append(skills.name(one.skill()))
                    .append(one.need() == Need.OPTIONAL ? " (optional)" : "");
        }
        return text.append(left > shown ? " and " + (left - shown) + " more." : ".")
                .toString();
    }

    static String wire(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static double thousandths(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
