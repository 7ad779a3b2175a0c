package dev.devmentor.events;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class QuizAnsweredCodec extends Codec<QuizAnswered> {
    private static final int MILLIS_PER_DAY = 86_400_000;
    private static final Bloom[] LEVELS = Bloom.values();

    @Override
    QuizAnswered read(JsonInput in) throws IOException {
        @Nullable String answerId = null;
        @Nullable String learner = null;
        @Nullable String item = null;
        @Nullable Instant answeredAt = null;
        @Nullable Boolean correct = null;
        @Nullable Integer grade = null;
        List<String> skills = List.of();
        @Nullable String quiz = null;
        @Nullable ZoneId zone = null;
        @Nullable Integer responseTimeMs = null;
        @Nullable Bloom bloom = null;
        @Nullable Double difficulty = null;
        @Nullable String source = null;
        @Nullable String strategy = null;
        for (String name = in.next(); name != null; name = in.next()) {
            switch (name) {
                case "answerId" -> {
                    in.once(0);
                    answerId = in.string(128);
                }
                case "learner" -> {
                    in.once(1);
                    learner = in.string(64);
                }
                case "item" -> {
                    in.once(2);
                    item = in.string(256);
                }
                case "answeredAt" -> {
                    in.once(3);
                    answeredAt = in.instant();
                }
                case "correct" -> {
                    in.once(4);
                    correct = in.bool();
                }
                case "grade" -> {
                    in.once(5);
                    grade = in.integer(1, 4);
                }
                case "skills" -> {
                    in.once(6);
                    skills = in.skills();
                }
                case "quiz" -> {
                    in.once(7);
                    quiz = in.sharedString(128);
                }
                case "zone" -> {
                    in.once(8);
                    zone = in.zone();
                }
                case "responseTimeMs" -> {
                    in.once(9);
                    responseTimeMs = in.integer(0, MILLIS_PER_DAY);
                }
                case "bloom" -> {
                    in.once(10);
                    bloom = in.oneOf(LEVELS);
                }
                case "difficulty" -> {
                    in.once(11);
                    difficulty = in.number(0, 1);
                }
                case "source" -> {
                    in.once(12);
                    source = in.sharedString(128);
                }
                case "strategy" -> {
                    in.once(13);
                    strategy = in.sharedString(32);
                }
                default -> in.unknown();
            }
        }
        QuizAnswered result = new QuizAnswered(
                in.required(answerId, "answerId"),
                in.required(learner, "learner"),
                in.required(item, "item"),
                in.required(answeredAt, "answeredAt"),
                in.required(correct, "correct"),
                grade,
                skills,
                quiz,
                zone,
                responseTimeMs,
                bloom,
                difficulty,
                source,
                strategy,
                in.extra());
        if (grade != null && (grade == 1) == result.correct()) {
            throw in.contradicting();
        }
        return result;
    }

    @Override
    void write(JsonOutput out, QuizAnswered data) {
        out.string("answerId", data.answerId());
        out.string("learner", data.learner());
        out.string("item", data.item());
        out.instant("answeredAt", data.answeredAt());
        out.bool("correct", data.correct());
        out.integer("grade", data.grade());
        out.strings("skills", data.skills());
        out.string("quiz", data.quiz());
        ZoneId zone = data.zone();
        out.string("zone", zone == null ? null : zone.getId());
        out.integer("responseTimeMs", data.responseTimeMs());
        out.wire("bloom", data.bloom());
        out.number("difficulty", data.difficulty());
        out.string("source", data.source());
        out.string("strategy", data.strategy());
        out.extra(data.extra());
    }

    @Override
    String key(QuizAnswered data) {
        return data.learner();
    }
}
