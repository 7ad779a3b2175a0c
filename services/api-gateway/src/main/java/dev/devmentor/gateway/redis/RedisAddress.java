package dev.devmentor.gateway.redis;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Where Redis is: the first of {@code quarkus.redis.hosts}, {@code redis://} or {@code rediss://}, with {@code
 * quarkus.redis.password}. Whoever must not wait behind others makes a client of its own here.
 */
@ApplicationScoped
public class RedisAddress {
    private static final int CONNECT_MILLIS = 1000;

    private final String url;
    private final Optional<String> password;

    RedisAddress(
            @ConfigProperty(name = "quarkus.redis.hosts", defaultValue = "redis://127.0.0.1:6380") String hosts,
            @ConfigProperty(name = "quarkus.redis.password") Optional<String> password) {
        int comma = hosts.indexOf(',');
        this.url = comma < 0 ? hosts.strip() : hosts.substring(0, comma).strip();
        this.password = password;
    }

    /** An address without a password. */
    public static RedisAddress of(String url) {
        return new RedisAddress(url, Optional.empty());
    }

    /**
     * A client that keeps one connection, on the event loop that asks for it first. {@link Redis#close()} ends the connection also
     * when Redis does not answer.
     */
    public Redis client(Vertx vertx) {
        RedisOptions options = new RedisOptions()
                .setConnectionString(url)
                .setMaxPoolSize(1)
                .setMaxPoolWaiting(16)
                .setPoolCleanerInterval(-1)
                .setNetClientOptions(new NetClientOptions()
                        .setConnectTimeout(CONNECT_MILLIS)
                        .setTcpNoDelay(true)
                        .setTcpKeepAlive(true)
                        .setHostnameVerificationAlgorithm("HTTPS"));
        password.ifPresent(options::setPassword);
        return Redis.createClient(vertx, options);
    }
}
