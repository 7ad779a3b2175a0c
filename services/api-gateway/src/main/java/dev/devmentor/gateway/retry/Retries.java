package dev.devmentor.gateway.retry;

import dev.devmentor.gateway.balance.Lease.Failure;
import dev.devmentor.gateway.filter.Exchange;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Decides about another try. Safe for all event loops. */
public interface Retries {
    /** Notes a first try: the budget grows with them. */
    void firstTry(String service);

    /**
     * When to try again, and takes it from the budget.
     *
     * @param tries that were made, at least 1
     * @param bodyIsKept whether the body could be sent once more (there was none, or it is kept)
     * @return null if not at all: the method is not idempotent, three retries were made, the budget is used up, or the time of the
     *     route would be over; a wait that is zero is possible after {@link Failure#CONNECT} where another instance is there
     */
    @Nullable Duration next(Exchange exchange, Failure failure, int tries, boolean bodyIsKept);
}
