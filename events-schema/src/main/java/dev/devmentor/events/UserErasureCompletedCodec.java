package dev.devmentor.events;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

final class UserErasureCompletedCodec extends Codec<UserErasureCompleted> {
    @Override
    UserErasureCompleted read(JsonInput in) throws IOException {
        @Nullable String learner = null;
        @Nullable String service = null;
        @Nullable String erasureId = null;
        @Nullable Map<String, Long> counts = null;
        @Nullable Instant completedAt = null;
        for (String name = in.next(); name != null; name = in.next()) {
            switch (name) {
                case "learner" -> {
                    in.once(0);
                    learner = in.string(64);
                }
                case "service" -> {
                    in.once(1);
                    service = in.serviceName(64);
                }
                case "erasureId" -> {
                    in.once(2);
                    erasureId = in.string(256);
                }
                case "counts" -> {
                    in.once(3);
                    counts = in.counts();
                }
                case "completedAt" -> {
                    in.once(4);
                    completedAt = in.instant();
                }
                default -> in.unknown();
            }
        }
        return new UserErasureCompleted(
                in.required(learner, "learner"),
                in.required(service, "service"),
                in.required(erasureId, "erasureId"),
                in.required(counts, "counts"),
                in.required(completedAt, "completedAt"),
                in.extra());
    }

    @Override
    void write(JsonOutput out, UserErasureCompleted data) {
        out.string("learner", data.learner());
        out.string("service", data.service());
        out.string("erasureId", data.erasureId());
        out.counts("counts", data.counts());
        out.instant("completedAt", data.completedAt());
        out.extra(data.extra());
    }

    @Override
    String key(UserErasureCompleted data) {
        return data.learner();
    }
}
