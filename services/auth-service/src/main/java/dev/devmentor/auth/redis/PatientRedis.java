package dev.devmentor.auth.redis;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Redis for who can do without it: a question waits a quarter of a second at most, and while there is no answer only one in two seconds is
 * asked at all. Blocks; not for event loops.
 */
@ApplicationScoped
public class PatientRedis {
    private static final Logger LOG = Logger.getLogger(PatientRedis.class);
    private static final Duration PATIENCE = Duration.ofMillis(250);
    private static final long PAUSE_NANOS = Duration.ofSeconds(2).toNanos();

    private final ReactiveRedisDataSource redis;
    /** Value of System.nanoTime() from which on Redis is asked again, while it does not answer; 0 while it does. */
    private final AtomicLong askAgainAt = new AtomicLong();

    PatientRedis(ReactiveRedisDataSource redis) {
        this.redis = redis;
    }

    /** The answer; what stands for it if there is none in time. */
    public <T> T ask(Function<ReactiveRedisDataSource, Uni<T>> question, Supplier<T> otherwise) {
        long again = askAgainAt.get();
        long now = System.nanoTime();
        if (again != 0 && (now - again < 0 || !askAgainAt.compareAndSet(again, later(now)))) {
            return otherwise.get();
        }
        try {
            T answer = question.apply(redis).await().atMost(PATIENCE);
            askAgainAt.set(0);
            return answer;
        } catch (RuntimeException away) {
            if (again == 0) {
                LOG.warnf(
                        "Redis does not answer (%s): sessions go on without it",
                        away.getClass().getSimpleName());
            }
            askAgainAt.set(later(System.nanoTime()));
            return otherwise.get();
        }
    }

    private static long later(long now) {
        long then = now + PAUSE_NANOS;
        return then == 0 ? 1 : then;
    }
}
