package dev.devmentor.gateway.settings;

import dev.devmentor.gateway.redis.RedisAddress;
import dev.devmentor.gateway.settings.SettingsStore.Unavailable;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * The settings that are in force in this gateway. A change is written to Redis, and every gateway takes it from there: at once by a
 * message, or by asking every few seconds. While Redis is down all go on with what they know; if it has lost the settings they are
 * brought back.
 */
@Singleton
class CurrentSettings {
    private static final Logger LOG = Logger.getLogger(CurrentSettings.class);
    // Before the door opens.
    private static final int EARLY = 100;

    /** What became of a change. */
    sealed interface Outcome {
        /** It is in force. */
        record Changed(Version version) implements Outcome {}

        /** Somebody else was first. */
        record Conflict(long inForce) implements Outcome {}

        /** There is something wrong with it. */
        record Refused(List<String> problems) implements Outcome {}

        /** The version to go back to is not there. */
        record Unknown() implements Outcome {}
    }

    private final Vertx vertx;
    private final Iterable<SettingsUser> users;
    private final SettingsStore store;
    private final SettingsConfig config;
    private final Clock clock;
    private final AtomicBoolean isListening = new AtomicBoolean();
    private final AtomicBoolean isAsking = new AtomicBoolean();
    private volatile Version inForce = Version.NONE;
    private volatile boolean isReached;
    private volatile boolean isStopped;

    @Inject
    CurrentSettings(
            Vertx vertx,
            RedisAddress address,
            SettingsConfig config,
            @Any Instance<SettingsUser> users,
            MeterRegistry meters) {
        this(vertx, address, config, users, Clock.systemUTC());
        Gauge.builder("devmentor.gateway.settings.version", this, now -> now.inForce.number())
                .register(meters);
        Gauge.builder("devmentor.gateway.settings.reached", this, now -> now.isReached ? 1 : 0)
                .register(meters);
    }

    CurrentSettings(
            Vertx vertx, RedisAddress address, SettingsConfig config, Iterable<SettingsUser> users, Clock clock) {
        this.vertx = vertx;
        this.users = users;
        this.config = config;
        this.clock = clock;
        store = new SettingsStore(vertx, address, config.timeout(), config.versions());
    }

    void begin(@Observes @Priority(EARLY) StartupEvent started) {
        start();
    }

    void end(@Observes ShutdownEvent stopping) {
        stop();
    }

    /** Waits once, so that a gateway that starts is as closed as the others. */
    void start() {
        refresh();
        again();
    }

    void stop() {
        isStopped = true;
        store.close();
    }

    private void again() {
        vertx.setTimer(config.poll().toMillis(), timer -> {
            if (!isStopped) {
                ask();
                again();
            }
        });
    }

    /** Asks on a thread of its own, unless that is being done. */
    private void ask() {
        if (isAsking.compareAndSet(false, true)) {
            Thread.ofVirtual().name("gateway-settings").start(() -> {
                // What is told from here on needs another look.
                isAsking.set(false);
                refresh();
            });
        }
    }

    /** The version that is in force here. */
    Version inForce() {
        return inForce;
    }

    /** Puts settings in force if the version before is still that one. Waits for Redis. */
    Outcome change(long expected, Settings settings, String by, long restores) throws Unavailable {
        List<String> problems = new ArrayList<>();
        for (SettingsUser user : users) {
            problems.addAll(user.problems(settings));
        }
        if (!problems.isEmpty()) {
            return new Outcome.Refused(problems);
        }
        Version next =
                new Version(expected + 1, by, clock.instant().truncatedTo(ChronoUnit.MILLIS), restores, settings);
        long other = store.put(expected, next.json().toString());
        if (other >= 0) {
            refresh();
            return new Outcome.Conflict(other);
        }
        take(next);
        LOG.infof("settings version %d are in force", next.number());
        return new Outcome.Changed(next);
    }

    /** The last versions, the newest first. Waits for Redis. */
    List<Version> versions() throws Unavailable {
        List<Version> versions = new ArrayList<>();
        for (String text : store.versions()) {
            try {
                versions.add(Version.of(text));
            } catch (IllegalArgumentException e) {
                LOG.warnf("a former version of the settings can't be read: %s", e.getMessage());
            }
        }
        return versions;
    }

    /**
     * Puts former settings in force again, as a new version: those of a version, or those before the one in force. Undoing an undo
     * goes on backwards.
     *
     * @param to the version; {@link Version#NOTHING} for the one before
     */
    Outcome undo(long expected, long to, String by) throws Unavailable {
        List<Version> versions = versions();
        long wanted = to;
        if (wanted == Version.NOTHING) {
            // What a restored version stands for was preceded by what preceded that one.
            long standsFor = expected;
            for (Version version : versions) {
                if (version.number() == standsFor && version.restores() != Version.NOTHING) {
                    standsFor = version.restores();
                }
            }
            wanted = standsFor - 1;
        }
        if (wanted < 0 || wanted == expected) {
            return new Outcome.Unknown();
        }
        if (wanted == 0) {
            return change(expected, Settings.NONE, by, 0);
        }
        for (Version version : versions) {
            if (version.number() == wanted) {
                return change(expected, version.settings(), by, wanted);
            }
        }
        return new Outcome.Unknown();
    }

    /** Looks what is in Redis. Waits for it. */
    void refresh() {
        try {
            String text = store.current();
            if (!isReached) {
                isReached = true;
                LOG.info("settings are read from Redis");
            }
            Version known = inForce;
            Version held = text == null ? Version.NONE : Version.of(text);
            if (held.number() > known.number()) {
                take(held);
            } else if (held.number() < known.number()
                    && store.restore(known.number(), known.json().toString())) {
                LOG.warnf("Redis had lost the settings; version %d was brought back", known.number());
            }
        } catch (Unavailable e) {
            if (isReached || inForce == Version.NONE) {
                LOG.debugf("%s; settings stay as they are", e.getMessage());
            }
            isReached = false;
        } catch (IllegalArgumentException e) {
            LOG.warnf("the settings in Redis can't be read, those in force stay: %s", e.getMessage());
        }
        listen();
    }

    private void listen() {
        if (!isStopped && isReached && isListening.compareAndSet(false, true)) {
            store.listen(this::ask, () -> isListening.set(false))
                    .onSuccess(subscribed -> ask()) // What was told in between.
                    .onFailure(failure -> isListening.set(false));
        }
    }

    private synchronized void take(Version version) {
        if (version.number() <= inForce.number()) {
            return;
        }
        inForce = version;
        for (SettingsUser user : users) {
            try {
                user.apply(version.settings());
            } catch (RuntimeException e) {
                LOG.errorf(e, "settings version %d could not be taken over wholly", version.number());
            }
        }
    }
}
