package dev.devmentor.events;

import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

final class PatternDriftedCodec extends Codec<PatternDrifted> {
    private static final PatternScope[] SCOPES = PatternScope.values();

    @Override
    PatternDrifted read(JsonInput in) throws IOException {
        @Nullable String driftId = null;
        @Nullable String model = null;
        @Nullable PatternScope scope = null;
        @Nullable String scopeId = null;
        @Nullable String patternId = null;
        @Nullable Instant driftedAt = null;
        @Nullable Double before = null;
        @Nullable Double after = null;
        @Nullable Integer observations = null;
        for (String name = in.next(); name != null; name = in.next()) {
            switch (name) {
                case "driftId" -> {
                    in.once(0);
                    driftId = in.string(64);
                }
                case "model" -> {
                    in.once(1);
                    model = in.sharedString(64);
                }
                case "scope" -> {
                    in.once(2);
                    scope = in.oneOf(SCOPES);
                }
                case "scopeId" -> {
                    in.once(3);
                    scopeId = in.string(64);
                }
                case "patternId" -> {
                    in.once(4);
                    patternId = in.string(64);
                }
                case "driftedAt" -> {
                    in.once(5);
                    driftedAt = in.instant();
                }
                case "before" -> {
                    in.once(6);
                    before = in.number(0, 1);
                }
                case "after" -> {
                    in.once(7);
                    after = in.number(0, 1);
                }
                case "observations" -> {
                    in.once(8);
                    observations = in.integer(1, Integer.MAX_VALUE);
                }
                default -> in.unknown();
            }
        }
        in.checkScope(scope, scopeId);
        return new PatternDrifted(
                in.required(driftId, "driftId"),
                in.required(model, "model"),
                in.required(scope, "scope"),
                scopeId,
                patternId,
                in.required(driftedAt, "driftedAt"),
                in.required(before, "before"),
                in.required(after, "after"),
                in.required(observations, "observations"),
                in.extra());
    }

    @Override
    void write(JsonOutput out, PatternDrifted data) {
        out.string("driftId", data.driftId());
        out.string("model", data.model());
        out.wire("scope", data.scope());
        out.string("scopeId", data.scopeId());
        out.string("patternId", data.patternId());
        out.instant("driftedAt", data.driftedAt());
        out.number("before", data.before());
        out.number("after", data.after());
        out.integer("observations", data.observations());
        out.extra(data.extra());
    }

    @Override
    String key(PatternDrifted data) {
        String scopeId = data.scopeId();
        return scopeId != null ? scopeId : data.model();
    }
}
