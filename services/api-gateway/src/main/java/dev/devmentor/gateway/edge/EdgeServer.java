package dev.devmentor.gateway.edge;

import dev.devmentor.gateway.filter.Chain;
import dev.devmentor.gateway.filter.LiveExchange;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.value.registry.ValueRegistry;
import io.quarkus.vertx.http.HttpServer;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Listens on the gateway's port. It stands in the place of the framework's own server, whose decoder is too lenient for a front door
 * and whose way to a handler is long; what no route leads away from here goes on to the framework's handlers.
 */
@Singleton
class EdgeServer {
    private static final Logger LOG = Logger.getLogger(EdgeServer.class);
    private static final Duration LAST_CALL = Duration.ofMillis(500);
    private static final int FIRST = 1;
    private static final int LAST = 10_000;

    private final Listener listener;
    private final ValueRegistry registry;
    private final Optional<SSLContext> ssl;
    private final InetSocketAddress address;
    private final Duration patience;
    private final boolean test = LaunchMode.current() == LaunchMode.TEST;

    @Inject
    EdgeServer(
            Vertx vertx,
            EdgeConfig config,
            Chain chain,
            LiveExchange.Destination destination,
            ValueRegistry registry,
            TlsConfigurationRegistry tls,
            @ConfigProperty(name = "quarkus.http.host", defaultValue = "127.0.0.1") String host,
            @ConfigProperty(name = "quarkus.http.port", defaultValue = "8080") int port,
            @ConfigProperty(name = "quarkus.http.test-port", defaultValue = "8081") int testPort,
            @ConfigProperty(name = "quarkus.shutdown.timeout", defaultValue = "10S") Duration patience,
            @ConfigProperty(name = "quarkus.http.tls-configuration-name") Optional<String> tlsName) {
        this.registry = registry;
        this.patience = patience;
        ssl = tlsName.isPresent()
                ? Optional.of(context(named(tls, tlsName.get())))
                : tls.getDefault().filter(found -> found.getKeyStore() != null).map(EdgeServer::context);
        listener = new Listener((VertxInternal) vertx, config, chain, destination, ssl.orElse(null));
        address = new InetSocketAddress(host, test ? testPort : port);
    }

    /** Who names a configuration means TLS: without it there must not be a port in the clear. */
    static TlsConfiguration named(TlsConfigurationRegistry registry, String name) {
        return registry.get(name)
                .filter(found -> found.getKeyStore() != null)
                .orElseThrow(() -> new ConfigurationException("quarkus.http.tls-configuration-name: quarkus.tls." + name
                        + " does not exist, or has no key-store"));
    }

    private static SSLContext context(TlsConfiguration configuration) {
        try {
            return configuration.createSSLContext();
        } catch (Exception e) {
            throw new ConfigurationException(
                    "quarkus.tls: the certificate or its key cannot be used: " + e.getMessage());
        }
    }

    /** Everything that a request goes through is made now: what is wrong with a setting is said before anything has begun. */
    void make(@Observes @Priority(FIRST) StartupEvent starting) {
        LOG.debugf("requests will be listened for at %s", address);
    }

    void start(@Observes @Priority(LAST) StartupEvent started) {
        int bound = listener.listen(address);
        String scheme = ssl.isPresent() ? "https" : "http";
        registry.register(HttpServer.HTTP_PORT, bound);
        registry.register(HttpServer.LOCAL_BASE_URI, URI.create(scheme + "://127.0.0.1:" + bound));
        if (test) {
            registry.register(HttpServer.HTTP_TEST_PORT, bound);
        }
        LOG.infof("Listening on: %s://%s:%d", scheme, address.getHostString(), bound);
    }

    /** Before anything ends that an answer needs. */
    void stop(@Observes @Priority(FIRST) ShutdownEvent stopping) {
        listener.leave(patience, LAST_CALL.compareTo(patience) < 0 ? LAST_CALL : patience);
    }
}
