package dev.devmentor.gateway.settings;

import io.quarkus.arc.Unremovable;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The limits as they are configured, or as operators have set them. */
@Singleton
@Unremovable
final class LimitsInForce implements Limits, SettingsUser, StateSection {
    private record Values(int anonymous, int free, int premium, int auth) {}

    private final Values configured;
    private volatile Values now;

    @Inject
    LimitsInForce(Limited config) {
        this(config.anonymous(), config.free(), config.premium(), config.auth());
    }

    LimitsInForce(int anonymous, int free, int premium, int auth) {
        configured = new Values(anonymous, free, premium, auth);
        now = configured;
    }

    @Override
    public int perMinute(String tier) {
        Values values = now;
        return switch (tier) {
            case "anonymous" -> values.anonymous;
            case "premium" -> values.premium;
            default -> values.free;
        };
    }

    @Override
    public int authPerMinute() {
        return now.auth;
    }

    @Override
    public void apply(Settings settings) {
        Settings.LimitSettings set = settings.limits();
        now = new Values(
                or(set.anonymous(), configured.anonymous),
                or(set.free(), configured.free),
                or(set.premium(), configured.premium),
                or(set.auth(), configured.auth));
    }

    @Override
    public String name() {
        return "limits";
    }

    @Override
    public Object state() {
        Values values = now;
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("anonymous", values.anonymous);
        state.put("free", values.free);
        state.put("premium", values.premium);
        state.put("auth", values.auth);
        return state;
    }

    private static int or(@Nullable Integer set, int configured) {
        return set == null ? configured : set;
    }
}
