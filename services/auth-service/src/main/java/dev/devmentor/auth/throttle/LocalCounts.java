package dev.devmentor.auth.throttle;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Counts of this instance alone, for as long as Redis is away. What was not needed for longest goes first when there are too
 * many.
 */
final class LocalCounts implements Counts {
    private final Map<String, Bucket> buckets;

    LocalCounts(int most) {
        this.buckets = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                return size() > most;
            }
        };
    }

    @Override
    public synchronized long enter(Attempt attempt, long now) {
        long wait = 0;
        Attempt.Counted own = attempt.own();
        Attempt.Counted account = attempt.account();
        for (Attempt.Counted counted : Arrays.asList(own, attempt.net())) {
            if (counted != null) {
                wait = Math.max(wait, bucket(counted, now).wait(now, counted.rule()));
            }
        }
        if (own != null && account != null) {
            long ask = account.rule().delay(bucket(account, now).failures());
            Bucket mine = bucket(own, now);
            wait = Math.max(wait, mine.waitAfterAsking(now, ask));
            buckets.put(own.key(), mine.asking(now, ask));
        }
        if (wait == 0 && attempt.countsAtOnce()) {
            attempt.all().forEach(counted -> fail(counted, now));
        } else if (wait == 0 && attempt.holds()) {
            change(own, now, bucket -> bucket.entered(now));
            change(attempt.net(), now, bucket -> bucket.entered(now));
        }
        return wait;
    }

    @Override
    public synchronized void failed(Attempt attempt, long now) {
        attempt.all().forEach(counted -> fail(counted, now));
    }

    @Override
    public synchronized void succeeded(Attempt attempt, long now) {
        change(attempt.own(), now, bucket -> bucket.forgiven(now));
        change(attempt.net(), now, Bucket::ended);
    }

    @Override
    public synchronized void ended(Attempt attempt, long now) {
        change(attempt.own(), now, Bucket::ended);
        change(attempt.net(), now, Bucket::ended);
    }

    private void fail(Attempt.@Nullable Counted counted, long now) {
        if (counted != null) {
            change(counted, now, bucket -> bucket.failed(now, counted.rule()));
        }
    }

    private Bucket bucket(Attempt.Counted counted, long now) {
        return buckets.getOrDefault(counted.key(), Bucket.EMPTY).at(now, counted.rule());
    }

    private void change(Attempt.@Nullable Counted counted, long now, UnaryOperator<Bucket> change) {
        if (counted != null) {
            buckets.put(counted.key(), change.apply(bucket(counted, now)));
        }
    }
}
