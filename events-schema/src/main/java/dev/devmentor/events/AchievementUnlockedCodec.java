package dev.devmentor.events;

import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

final class AchievementUnlockedCodec extends Codec<AchievementUnlocked> {
    @Override
    AchievementUnlocked read(JsonInput in) throws IOException {
        @Nullable String learner = null;
        @Nullable String achievement = null;
        @Nullable String title = null;
        @Nullable Instant unlockedAt = null;
        @Nullable Integer level = null;
        @Nullable Integer points = null;
        for (String name = in.next(); name != null; name = in.next()) {
            switch (name) {
                case "learner" -> {
                    in.once(0);
                    learner = in.string(64);
                }
                case "achievement" -> {
                    in.once(1);
                    achievement = in.string(64);
                }
                case "title" -> {
                    in.once(2);
                    title = in.string(128);
                }
                case "unlockedAt" -> {
                    in.once(3);
                    unlockedAt = in.instant();
                }
                case "level" -> {
                    in.once(4);
                    level = in.integer(1, 1_000_000);
                }
                case "points" -> {
                    in.once(5);
                    points = in.integer(0, Integer.MAX_VALUE);
                }
                default -> in.unknown();
            }
        }
        return new AchievementUnlocked(
                in.required(learner, "learner"),
                in.required(achievement, "achievement"),
                in.required(title, "title"),
                in.required(unlockedAt, "unlockedAt"),
                level,
                points,
                in.extra());
    }

    @Override
    void write(JsonOutput out, AchievementUnlocked data) {
        out.string("learner", data.learner());
        out.string("achievement", data.achievement());
        out.string("title", data.title());
        out.instant("unlockedAt", data.unlockedAt());
        out.integer("level", data.level());
        out.integer("points", data.points());
        out.extra(data.extra());
    }

    @Override
    String key(AchievementUnlocked data) {
        return data.learner();
    }
}
