package dev.devmentor.kit.health;

import dev.devmentor.kit.consume.EventConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive as long as every lane's thread is; a dependency that is down is no reason to be killed. */
@Liveness
@ApplicationScoped
class ConsumerHealth implements HealthCheck {
    private final EventConsumer consumer;

    ConsumerHealth(EventConsumer consumer) {
        this.consumer = consumer;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("event lanes")
                .status(consumer.alive())
                .withData("lag", consumer.lag())
                .withData("waiting", consumer.waiting())
                .build();
    }
}
