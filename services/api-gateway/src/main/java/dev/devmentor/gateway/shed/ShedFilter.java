package dev.devmentor.gateway.shed;

import dev.devmentor.gateway.filter.Exchange;
import dev.devmentor.gateway.filter.Filter;
import dev.devmentor.gateway.filter.Stage;
import dev.devmentor.gateway.problem.GatewayProblem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Refuses requests while the gateway itself has too many. Health, metrics and operators' ways pass: they are for finding out why. */
@Singleton
final class ShedFilter implements Filter {
    private static final GatewayProblem REFUSAL =
            GatewayProblem.unavailable(1, "there are more requests than can be answered in time");

    private final GatewayLimit limit;
    private final Counter sheds;

    @Inject
    ShedFilter(GatewayLimit limit, MeterRegistry meters) {
        this.limit = limit;
        sheds = meters.counter("devmentor.gateway.sheds", "by", "gateway");
    }

    @Override
    public Stage stage() {
        return Stage.SHED;
    }

    @Override
    public void apply(Exchange exchange) {
        if (passes(exchange.path())) {
            exchange.proceed();
        } else if (limit.tryEnter()) {
            exchange.whenEnded(limit::leave);
            exchange.proceed();
        } else {
            sheds.increment();
            exchange.refuse(REFUSAL);
        }
    }

    static boolean passes(String path) {
        return path.equals("/health")
                || path.equals("/metrics")
                || path.equals("/api/health")
                || path.startsWith("/q/")
                || path.startsWith("/api/gateway/");
    }
}
