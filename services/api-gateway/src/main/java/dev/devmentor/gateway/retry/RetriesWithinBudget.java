package dev.devmentor.gateway.retry;

import dev.devmentor.gateway.balance.Alternatives;
import dev.devmentor.gateway.balance.Lease.Failure;
import dev.devmentor.gateway.filter.Exchange;
import dev.devmentor.gateway.route.Route;
import dev.devmentor.gateway.settings.Settings;
import dev.devmentor.gateway.settings.SettingsUser;
import dev.devmentor.gateway.settings.StateSection;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.Unremovable;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Retries by the rules that are in force, with a budget for each service. */
@Singleton
@Unremovable
final class RetriesWithinBudget implements Retries, SettingsUser, StateSection {
    private record InForce(RetryRules rules, int percent, int floorPerSecond) {}

    private final InForce configured;
    private final Alternatives alternatives;
    private final MeterRegistry meters;
    private final ConcurrentMap<String, RetryBudget> budgets = new ConcurrentHashMap<>();
    private volatile InForce inForce;

    @Inject
    RetriesWithinBudget(RetryConfig config, Alternatives alternatives, MeterRegistry meters) {
        configured = new InForce(
                new RetryRules(config.retries(), config.waits(), config.jitter()),
                config.budgetPercent(),
                config.floorPerSecond());
        inForce = configured;
        this.alternatives = alternatives;
        this.meters = meters;
    }

    @Override
    public void firstTry(String service) {
        budget(service).firstTry();
    }

    @Override
    public @Nullable Duration next(Exchange exchange, Failure failure, int tries, boolean bodyIsKept) {
        Route route = exchange.route();
        String service = route.service();
        if (service == null || failure == Failure.CONNECT && !alternatives.isInstalled(service)) {
            return null;
        }
        InForce now = inForce;
        // What has not reached an instance can go to another one at once: the wait is there to spare one that is not
        // well.
        boolean atOnce = failure == Failure.CONNECT && alternatives.usable(service) > tries;
        Duration left = route.timeout().minusNanos(System.nanoTime() - exchange.beganNanos());
        Duration wait = now.rules.next(
                exchange.request().method().name(),
                tries,
                bodyIsKept,
                atOnce,
                left,
                ThreadLocalRandom.current()::nextDouble);
        if (wait == null) {
            return null;
        }
        boolean taken = budget(service).take(now.percent, now.floorPerSecond);
        meters.counter("devmentor.gateway.retries", "service", service, "outcome", taken ? "made" : "denied")
                .increment();
        return taken ? wait : null;
    }

    private RetryBudget budget(String service) {
        RetryBudget budget = budgets.get(service);
        return budget != null ? budget : budgets.computeIfAbsent(service, name -> new RetryBudget(System::nanoTime));
    }

    @Override
    public void apply(Settings settings) {
        Settings.RetrySettings set = settings.retry();
        Integer retries = set.retries();
        Integer percent = set.budgetPercent();
        Integer floor = set.floorPerSecond();
        inForce = new InForce(
                retries == null
                        ? configured.rules
                        : new RetryRules(retries, configured.rules.waits(), configured.rules.jitter()),
                percent == null ? configured.percent : percent,
                floor == null ? configured.floorPerSecond : floor);
    }

    @Override
    public String name() {
        return "retries";
    }

    @Override
    public Object state() {
        InForce now = inForce;
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("retries", now.rules.retries());
        state.put(
                "waitsMillis",
                now.rules.waits().stream().map(Duration::toMillis).toList());
        state.put("budgetPercent", now.percent);
        state.put("floorPerSecond", now.floorPerSecond);
        return state;
    }
}
