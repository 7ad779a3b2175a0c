package dev.devmentor.gateway.proxy;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long a client's connection of HTTP/1 may be silent: longer than usual while a stream or a slow answer is under way. Those of
 * HTTP/2 carry several requests and have a longer time from the beginning.
 */
final class ClientPatience {
    private static final String HANDLER = "idle";

    private ClientPatience() {}

    static void extend(ProxyLoop loop, HttpServerRequest request) {
        ChannelPipeline pipeline = pipeline(request);
        if (pipeline != null && pipeline.get(HANDLER) instanceof IdleStateHandler usual) {
            loop.clientIdleMillis = Math.min(loop.clientIdleMillis, usual.getAllIdleTimeInMillis());
            replace(pipeline, loop.config.streamIdleTimeout().toMillis());
        }
    }

    static void restore(ProxyLoop loop, HttpServerRequest request) {
        ChannelPipeline pipeline = pipeline(request);
        if (pipeline != null && pipeline.get(HANDLER) != null) {
            replace(pipeline, loop.clientIdleMillis);
        }
    }

    private static void replace(ChannelPipeline pipeline, long millis) {
        pipeline.replace(HANDLER, HANDLER, new IdleStateHandler(0, 0, millis, TimeUnit.MILLISECONDS));
    }

    private static @Nullable ChannelPipeline pipeline(HttpServerRequest request) {
        return request.version() != HttpVersion.HTTP_2 && request.connection() instanceof ConnectionBase connection
                ? connection.channel().pipeline()
                : null;
    }
}
