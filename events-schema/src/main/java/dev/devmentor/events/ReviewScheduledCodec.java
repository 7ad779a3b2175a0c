package dev.devmentor.events;

import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

final class ReviewScheduledCodec extends Codec<ReviewScheduled> {
    private static final SchedulerName[] SCHEDULERS = SchedulerName.values();
    private static final CardState[] STATES = CardState.values();

    @Override
    ReviewScheduled read(JsonInput in) throws IOException {
        @Nullable String learner = null;
        @Nullable String item = null;
        @Nullable Instant dueAt = null;
        @Nullable Integer intervalDays = null;
        @Nullable SchedulerName scheduler = null;
        @Nullable String answerId = null;
        @Nullable Instant reviewedAt = null;
        @Nullable CardState state = null;
        @Nullable Double stability = null;
        @Nullable Double difficulty = null;
        @Nullable Integer repetitions = null;
        @Nullable Integer lapses = null;
        @Nullable Double retrievabilityTarget = null;
        for (String name = in.next(); name != null; name = in.next()) {
            switch (name) {
                case "learner" -> {
                    in.once(0);
                    learner = in.string(64);
                }
                case "item" -> {
                    in.once(1);
                    item = in.string(256);
                }
                case "dueAt" -> {
                    in.once(2);
                    dueAt = in.instant();
                }
                case "intervalDays" -> {
                    in.once(3);
                    intervalDays = in.integer(0, 36_500);
                }
                case "scheduler" -> {
                    in.once(4);
                    scheduler = in.oneOf(SCHEDULERS);
                }
                case "answerId" -> {
                    in.once(5);
                    answerId = in.string(128);
                }
                case "reviewedAt" -> {
                    in.once(6);
                    reviewedAt = in.instant();
                }
                case "state" -> {
                    in.once(7);
                    state = in.oneOf(STATES);
                }
                case "stability" -> {
                    in.once(8);
                    stability = in.number(0, 1_000_000);
                }
                case "difficulty" -> {
                    in.once(9);
                    difficulty = in.number(0, 10);
                }
                case "repetitions" -> {
                    in.once(10);
                    repetitions = in.integer(0, Integer.MAX_VALUE);
                }
                case "lapses" -> {
                    in.once(11);
                    lapses = in.integer(0, Integer.MAX_VALUE);
                }
                case "retrievabilityTarget" -> {
                    in.once(12);
                    retrievabilityTarget = in.number(0, 1);
                }
                default -> in.unknown();
            }
        }
        return new ReviewScheduled(
                in.required(learner, "learner"),
                in.required(item, "item"),
                in.required(dueAt, "dueAt"),
                in.required(intervalDays, "intervalDays"),
                in.required(scheduler, "scheduler"),
                answerId,
                reviewedAt,
                in.required(state, "state"),
                stability,
                difficulty,
                in.required(repetitions, "repetitions"),
                in.required(lapses, "lapses"),
                retrievabilityTarget,
                in.extra());
    }

    @Override
    void write(JsonOutput out, ReviewScheduled data) {
        out.string("learner", data.learner());
        out.string("item", data.item());
        out.instant("dueAt", data.dueAt());
        out.integer("intervalDays", data.intervalDays());
        out.wire("scheduler", data.scheduler());
        out.string("answerId", data.answerId());
        out.instant("reviewedAt", data.reviewedAt());
        out.wire("state", data.state());
        out.number("stability", data.stability());
        out.number("difficulty", data.difficulty());
        out.integer("repetitions", data.repetitions());
        out.integer("lapses", data.lapses());
        out.number("retrievabilityTarget", data.retrievabilityTarget());
        out.extra(data.extra());
    }

    @Override
    String key(ReviewScheduled data) {
        return data.learner();
    }
}
