package dev.devmentor.gateway.edge;

import dev.devmentor.gateway.filter.Chain;
import dev.devmentor.gateway.filter.LiveExchange;
import dev.devmentor.gateway.proxy.Forwarder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.value.registry.ValueRegistry;
import io.quarkus.vertx.http.HttpServer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.impl.PartialPooledByteBufAllocator;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Listens on the gateway's port. It stands in the place of the framework's own server, whose decoder is too lenient for a front door
 * and whose way to a handler is long; what no route leads away from here goes on to the framework's handlers.
 */
@Singleton
class EdgeServer {
    private static final Logger LOG = Logger.getLogger(EdgeServer.class);
    private static final int LAST = 10_000;

    private final VertxInternal vertx;
    private final EdgeConfig config;
    private final Chain chain;
    private final Forwarder forwarder;
    private final ValueRegistry registry;
    private final TlsConfigurationRegistry tls;
    private final String host;
    private final int port;
    private final int testPort;
    private final Optional<String> tlsName;
    private final AtomicInteger connections = new AtomicInteger();
    private @Nullable Channel listening;

    @Inject
    EdgeServer(
            Vertx vertx,
            EdgeConfig config,
            Chain chain,
            Forwarder forwarder,
            ValueRegistry registry,
            TlsConfigurationRegistry tls,
            @ConfigProperty(name = "quarkus.http.host", defaultValue = "127.0.0.1") String host,
            @ConfigProperty(name = "quarkus.http.port", defaultValue = "8080") int port,
            @ConfigProperty(name = "quarkus.http.test-port", defaultValue = "8081") int testPort,
            @ConfigProperty(name = "quarkus.http.tls-configuration-name") Optional<String> tlsName) {
        this.vertx = (VertxInternal) vertx;
        this.config = config;
        this.chain = chain;
        this.forwarder = forwarder;
        this.registry = registry;
        this.tls = tls;
        this.host = host;
        this.port = port;
        this.testPort = testPort;
        this.tlsName = tlsName;
    }

    void start(@Observes @Priority(LAST) StartupEvent started) {
        int count = config.eventLoops() > 0
                ? config.eventLoops()
                : Runtime.getRuntime().availableProcessors();
        SSLContext ssl = tlsName.flatMap(tls::get)
                .or(tls::getDefault)
                .filter(found -> found.getKeyStore() != null)
                .map(EdgeServer::context)
                .orElse(null);
        EdgeLoop[] loops = new EdgeLoop[count];
        for (int i = 0; i < count; i++) {
            ContextInternal context = vertx.createEventLoopContext();
            loops[i] = new EdgeLoop(vertx, context, config, ssl, this::arrived);
        }
        boolean test = LaunchMode.current() == LaunchMode.TEST;
        InetSocketAddress address = new InetSocketAddress(host, test ? testPort : port);
        ServerChannel server = vertx.transport().serverChannelFactory(false).newChannel();
        server.config().setOption(ChannelOption.SO_BACKLOG, 1024);
        server.config().setOption(ChannelOption.SO_REUSEADDR, true);
        server.pipeline().addLast(new Acceptor(loops));
        loops[0].eventLoop().register(server).syncUninterruptibly();
        server.bind(address).syncUninterruptibly();
        listening = server;
        int bound = ((InetSocketAddress) server.localAddress()).getPort();
        register(bound, test);
        LOG.infof("Listening on: %s://%s:%d", ssl == null ? "http" : "https", host, bound);
    }

    private static SSLContext context(io.quarkus.tls.TlsConfiguration configuration) {
        try {
            return configuration.createSSLContext();
        } catch (Exception e) {
            throw new IllegalStateException("the TLS configuration cannot be used", e);
        }
    }

    private void register(int bound, boolean test) {
        registry.register(HttpServer.HTTP_PORT, bound);
        registry.register(HttpServer.LOCAL_BASE_URI, URI.create("http://127.0.0.1:" + bound));
        if (test) {
            registry.register(HttpServer.HTTP_TEST_PORT, bound);
        }
    }

    void stop(@Observes ShutdownEvent stopping) {
        Channel server = listening;
        if (server != null) {
            listening = null;
            server.close().syncUninterruptibly();
        }
    }

    private void arrived(EventLoop eventLoop, io.vertx.core.http.HttpServerRequest request, ConnectionState state) {
        LiveExchange exchange = new LiveExchange(chain, eventLoop, request, forwarder);
        state.current(exchange);
        exchange.start();
    }

    /** Takes connections in and gives them to the event loops in turn. */
    private final class Acceptor extends ChannelInboundHandlerAdapter {
        private final EdgeLoop[] loops;
        private int next;

        Acceptor(EdgeLoop[] loops) {
            this.loops = loops;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            Channel channel = (Channel) message;
            if (connections.get() >= config.maxConnections()) {
                channel.unsafe().closeForcibly();
                return;
            }
            connections.incrementAndGet();
            channel.closeFuture().addListener(closed -> connections.decrementAndGet());
            channel.config().setOption(ChannelOption.TCP_NODELAY, true);
            channel.config().setAllocator(PartialPooledByteBufAllocator.INSTANCE);
            EdgeLoop loop = loops[next++ % loops.length];
            channel.pipeline().addLast(loop.newFrontDoor());
            loop.eventLoop().register(channel).addListener(registered -> {
                if (!registered.isSuccess()) {
                    channel.unsafe().closeForcibly();
                }
            });
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            // Such as too many open files: taking a breath lets others be closed.
            LOG.warnf("taking a connection in failed: %s", cause.toString());
            ctx.channel().config().setAutoRead(false);
            ctx.channel()
                    .eventLoop()
                    .schedule(
                            () -> ctx.channel().config().setAutoRead(true),
                            1,
                            java.util.concurrent.TimeUnit.SECONDS);
        }
    }
}
