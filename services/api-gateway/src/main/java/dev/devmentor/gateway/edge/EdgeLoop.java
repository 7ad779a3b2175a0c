package dev.devmentor.gateway.edge;

import dev.devmentor.gateway.wire.Head;
import dev.devmentor.gateway.wire.Malformed;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.Http1xServerConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.http.impl.HttpServerImpl;
import io.vertx.core.http.impl.HttpServerWorker;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.tracing.TracingPolicy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** One event loop of the edge: how its connections become requests. */
final class EdgeLoop {
    private static final int MAX_STREAMS = 128;

    private final ContextInternal context;
    private final EdgeConfig config;
    private final Head head;
    private final Arrival arrival;
    private final HttpServerWorker http1;
    private final HttpServerWorker http2;
    private final @Nullable JdkSslContext ssl;
    private final Set<ConnectionState> connections = new HashSet<>();
    /** Those that have not shown yet what they speak. */
    private final Set<Channel> unknown = new HashSet<>();

    private boolean leaving;
    private long patienceMillis;
    private long lastCallMillis;

    /** Told of each request. */
    @FunctionalInterface
    interface Arrival {
        void arrived(EventLoop eventLoop, HttpServerRequest request, ConnectionState state);
    }

    EdgeLoop(
            VertxInternal vertx,
            ContextInternal context,
            EdgeConfig config,
            @Nullable SSLContext ssl,
            Arrival arrival) {
        this.context = context;
        this.config = config;
        this.arrival = arrival;
        head = new Head(config.maxHeadBytes(), config.maxFields());
        http1 = worker(vertx, options(config).setHttp2ClearTextEnabled(false));
        http2 = worker(vertx, options(config).setHttp2ClearTextEnabled(true).setIdleTimeout((int)
                config.streamIdleTimeout().toSeconds()));
        this.ssl = ssl == null
                ? null
                : new JdkSslContext(
                        ssl,
                        false,
                        null,
                        IdentityCipherSuiteFilter.INSTANCE,
                        new ApplicationProtocolConfig(
                                ApplicationProtocolConfig.Protocol.ALPN,
                                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                                "h2",
                                "http/1.1"),
                        ClientAuth.NONE,
                        new String[] {"TLSv1.3", "TLSv1.2"},
                        false);
    }

    private static HttpServerOptions options(EdgeConfig config) {
        return new HttpServerOptions()
                .setIdleTimeout((int) config.idleTimeout().toSeconds())
                .setTracingPolicy(TracingPolicy.IGNORE)
                .setDecompressionSupported(false)
                .setCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setMaxHeaderSize(config.maxHeadBytes())
                .setHandle100ContinueAutomatically(false)
                // As much as all streams may have on their way: one whose service takes nothing must not hold up the
                // others.
                .setHttp2ConnectionWindowSize(MAX_STREAMS * Http2Settings.DEFAULT_INITIAL_WINDOW_SIZE)
                .setInitialSettings(new Http2Settings()
                        .setMaxHeaderListSize(config.maxHeadBytes())
                        .setMaxConcurrentStreams(MAX_STREAMS)
                        .setPushEnabled(false));
    }

    private HttpServerWorker worker(VertxInternal vertx, HttpServerOptions options) {
        HttpServerImpl server = new HttpServerImpl(vertx, options);
        server.requestHandler(never -> {
            throw new IllegalStateException();
        });
        return new HttpServerWorker(
                context, context::duplicate, server, vertx, options, "", this::connected, failure -> {}, null);
    }

    EventLoop eventLoop() {
        return context.nettyEventLoop();
    }

    ChannelHandler newFrontDoor() {
        return new FrontDoor();
    }

    private void connected(HttpServerConnection connection) {
        Channel channel = ((ConnectionBase) connection).channel();
        ConnectionState state = new ConnectionState(
                connection,
                eventLoop(),
                !(connection instanceof Http1xServerConnection),
                config.idleTimeout().toMillis());
        connections.add(state);
        if (leaving) {
            state.leave(patienceMillis, lastCallMillis);
        }
        channel.closeFuture().addListener(closed -> {
            connections.remove(state);
            state.closed();
        });
        connection.handler(request -> arrival.arrived(eventLoop(), request, state));
        if (connection instanceof Http1xServerConnection) {
            connection.invalidRequestHandler(this::invalid);
            channel.pipeline()
                    .replace(
                            "httpDecoder",
                            "httpDecoder",
                            new StrictRequestDecoder(
                                    head,
                                    config.maxUriBytes(),
                                    config.headTimeout().toMillis(),
                                    state::broken));
        }
    }

    /** Ends all connections, each once what is under way on it is answered. */
    void leave(long patienceMillis, long lastCallMillis) {
        leaving = true;
        this.patienceMillis = patienceMillis;
        this.lastCallMillis = lastCallMillis;
        eventLoop().schedule(() -> List.copyOf(unknown).forEach(Channel::close), lastCallMillis, TimeUnit.MILLISECONDS);
        List.copyOf(connections).forEach(connection -> connection.leave(patienceMillis, lastCallMillis));
    }

    private void invalid(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        Malformed how = cause instanceof Malformed malformed ? malformed : new Malformed(400, "it is no HTTP");
        new InvalidRequest(request).answer(ConnectionState.problem(how));
    }

    /** Finds out what a new connection speaks. */
    private final class FrontDoor extends ChannelInboundHandlerAdapter {
        private static final String PREFACE = "PRI ";

        private @Nullable ByteBuf first;
        private @Nullable ScheduledFuture<?> timeout;

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            if (ctx.channel().isRegistered()) {
                begin(ctx);
            }
        }

        @Override
        public void channelRegistered(ChannelHandlerContext ctx) {
            begin(ctx);
            ctx.fireChannelRegistered();
        }

        private void begin(ChannelHandlerContext ctx) {
            if (timeout != null) {
                return;
            }
            unknown.add(ctx.channel());
            timeout = ctx.executor()
                    .schedule(() -> ctx.close(), config.idleTimeout().toMillis(), TimeUnit.MILLISECONDS);
            if (ssl != null) {
                ctx.pipeline().addFirst("ssl", new SslHandler(ssl.newEngine(ctx.alloc())));
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf data = (ByteBuf) message;
            if (first != null) {
                first = first.writeBytes(data);
                data.release();
                data = first;
            }
            int matching = 0;
            while (matching < PREFACE.length()
                    && matching < data.readableBytes()
                    && data.getByte(data.readerIndex() + matching) == PREFACE.charAt(matching)) {
                matching++;
            }
            if (matching < PREFACE.length() && matching == data.readableBytes()) {
                if (first == null) {
                    first = ctx.alloc().buffer(16).writeBytes(data);
                    data.release();
                }
                return;
            }
            first = null;
            ChannelPipeline pipeline = ctx.pipeline();
            (matching == PREFACE.length() ? http2 : http1).accept(ctx.channel(), null);
            ctx.fireChannelRead(data);
            pipeline.remove(this);
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext ctx) {
            unknown.remove(ctx.channel());
            if (timeout != null) {
                timeout.cancel(false);
            }
            if (first != null) {
                first.release();
                first = null;
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
