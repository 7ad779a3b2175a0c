package dev.devmentor.events;

import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

final class UserRegisteredCodec extends Codec<UserRegistered> {
    @Override
    UserRegistered read(JsonInput in) throws IOException {
        @Nullable String learner = null;
        @Nullable Instant registeredAt = null;
        @Nullable String tier = null;
        for (String name = in.next(); name != null; name = in.next()) {
            switch (name) {
                case "learner" -> {
                    in.once(0);
                    learner = in.string(64);
                }
                case "registeredAt" -> {
                    in.once(1);
                    registeredAt = in.instant();
                }
                case "tier" -> {
                    in.once(2);
                    tier = in.string(32);
                }
                default -> in.unknown();
            }
        }
        return new UserRegistered(
                in.required(learner, "learner"), in.required(registeredAt, "registeredAt"), tier, in.extra());
    }

    @Override
    void write(JsonOutput out, UserRegistered data) {
        out.string("learner", data.learner());
        out.instant("registeredAt", data.registeredAt());
        out.string("tier", data.tier());
        out.extra(data.extra());
    }

    @Override
    String key(UserRegistered data) {
        return data.learner();
    }
}
