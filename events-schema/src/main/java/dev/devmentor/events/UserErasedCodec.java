package dev.devmentor.events;

import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

final class UserErasedCodec extends Codec<UserErased> {
    @Override
    UserErased read(JsonInput in) throws IOException {
        @Nullable String learner = null;
        @Nullable Instant erasedAt = null;
        @Nullable String requestedBy = null;
        for (String name = in.next(); name != null; name = in.next()) {
            switch (name) {
                case "learner" -> {
                    in.once(0);
                    learner = in.string(64);
                }
                case "erasedAt" -> {
                    in.once(1);
                    erasedAt = in.instant();
                }
                case "requestedBy" -> {
                    in.once(2);
                    requestedBy = in.string(128);
                }
                default -> in.unknown();
            }
        }
        return new UserErased(
                in.required(learner, "learner"), in.required(erasedAt, "erasedAt"), requestedBy, in.extra());
    }

    @Override
    void write(JsonOutput out, UserErased data) {
        out.string("learner", data.learner());
        out.instant("erasedAt", data.erasedAt());
        out.string("requestedBy", data.requestedBy());
        out.extra(data.extra());
    }

    @Override
    String key(UserErased data) {
        return data.learner();
    }
}
