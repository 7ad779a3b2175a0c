package dev.devmentor.gateway.flag;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.vertx.core.Vertx;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The flags of this gateway. A file is looked at again and again, and read by content: replaced links, as Kubernetes makes
 * them, count as changes, and clocks do not matter. What is not valid is refused, and the last good flags stay.
 */
@ApplicationScoped
@Startup
class LocalCopy {
    private static final Logger LOG = Logger.getLogger(LocalCopy.class);
    private static final String SHIPPED = "flags.json";

    private final Vertx vertx;
    private final @Nullable Path file;
    private final long pollMillis;
    private final AtomicBoolean reading = new AtomicBoolean();
    private final Counter applied;
    private final Counter refusedCount;
    private volatile SortedMap<String, Flag> flags;
    private volatile boolean refused;
    private byte @Nullable [] lastSeen;
    private long timer = -1;

    LocalCopy(Vertx vertx, FlagsConfig config, MeterRegistry meters) {
        this.vertx = vertx;
        this.file = config.file().orElse(null);
        this.pollMillis = Math.max(10, config.poll().toMillis());
        this.flags = shipped();
        this.applied = Counter.builder("devmentor.gateway.flags.reloads")
                .tag("outcome", "applied")
                .register(meters);
        this.refusedCount = Counter.builder("devmentor.gateway.flags.reloads")
                .tag("outcome", "refused")
                .register(meters);
        Gauge.builder("devmentor.gateway.flags.refused", this, copy -> copy.refused ? 1 : 0)
                .register(meters);
    }

    @PostConstruct
    void start() {
        if (file != null) {
            look();
            timer = vertx.setPeriodic(pollMillis, _ -> {
                if (reading.compareAndSet(false, true)) {
                    vertx.executeBlocking(() -> {
                                look();
                                return null;
                            })
                            .onComplete(_ -> reading.set(false));
                }
            });
        }
    }

    @PreDestroy
    void stop() {
        if (timer >= 0) {
            vertx.cancelTimer(timer);
        }
    }

    /** Flags by name, as they are now. */
    SortedMap<String, Flag> flags() {
        return flags;
    }

    private synchronized void look() {
        Path there = file;
        if (there == null) {
            return;
        }
        byte[] content;
        try (InputStream in = Files.newInputStream(there)) {
            content = in.readNBytes(FlagParser.MAX_BYTES + 1);
        } catch (IOException e) {
            content = new byte[0];
        }
        if (lastSeen != null && Arrays.equals(lastSeen, content)) {
            return;
        }
        lastSeen = content;
        if (content.length == 0) {
            refuse("there is no such file, or it is empty");
            return;
        }
        try {
            flags = FlagParser.parse(content);
            refused = false;
            applied.increment();
            LOG.infof("%d flags are read from their file", flags.size());
        } catch (BadFlags e) {
            refuse(e.getMessage());
        }
    }

    private void refuse(@Nullable String why) {
        refused = true;
        refusedCount.increment();
        LOG.warnf("the flags' file is refused, and what was read before stays: %s", why);
    }

    private static SortedMap<String, Flag> shipped() {
        try (InputStream in = LocalCopy.class.getClassLoader().getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw new IllegalStateException("the shipped flags are not there");
            }
            return FlagParser.parse(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (BadFlags e) {
            throw new IllegalStateException("the shipped flags are not valid", e);
        }
    }
}
