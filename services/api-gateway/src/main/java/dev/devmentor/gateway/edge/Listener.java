package dev.devmentor.gateway.edge;

import dev.devmentor.gateway.filter.Chain;
import dev.devmentor.gateway.filter.LiveExchange;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.buffer.impl.PartialPooledByteBufAllocator;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.VertxInternal;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A listening port: takes connections in and gives them to the event loops in turn. */
final class Listener {
    private static final Logger LOG = Logger.getLogger(Listener.class);
    private static final int BACKLOG = 1024;

    private final VertxInternal vertx;
    private final EdgeConfig config;
    private final Chain chain;
    private final LiveExchange.Destination destination;
    private final @Nullable SSLContext ssl;
    private final AtomicInteger connections = new AtomicInteger();
    private final CompletableFuture<Void> empty = new CompletableFuture<>();
    private EdgeLoop[] loops = {};
    private volatile boolean leaving;
    private @Nullable Channel listening;

    Listener(
            VertxInternal vertx,
            EdgeConfig config,
            Chain chain,
            LiveExchange.Destination destination,
            @Nullable SSLContext ssl) {
        this.vertx = vertx;
        this.config = config;
        this.chain = chain;
        this.destination = destination;
        this.ssl = ssl;
    }

    /** @return the port, which is another than that of the address if that was 0 */
    int listen(InetSocketAddress address) {
        int count = config.eventLoops() > 0
                ? config.eventLoops()
                : Runtime.getRuntime().availableProcessors();
        loops = new EdgeLoop[count];
        for (int i = 0; i < count; i++) {
            loops[i] = new EdgeLoop(vertx, vertx.createEventLoopContext(), config, ssl, this::arrived);
        }
        ServerChannel server = vertx.transport().serverChannelFactory(false).newChannel();
        server.config().setOption(ChannelOption.SO_BACKLOG, BACKLOG);
        server.config().setOption(ChannelOption.SO_REUSEADDR, true);
        server.pipeline().addLast(new Acceptor(loops));
        loops[0].eventLoop().register(server).syncUninterruptibly();
        ChannelFuture bound = server.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new ConfigurationException("quarkus.http.port: " + address.getHostString() + ":" + address.getPort()
                    + " cannot be listened on: " + bound.cause().getMessage());
        }
        listening = server;
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    void close() {
        Channel server = listening;
        if (server != null) {
            listening = null;
            server.close().syncUninterruptibly();
        }
    }

    /**
     * Takes no more connections in, and waits until those that are there have their answers and have ended.
     *
     * @param lastCall for how long a request that was on its way already may still come on a connection that is idle
     */
    void leave(Duration patience, Duration lastCall) {
        close();
        leaving = true;
        for (EdgeLoop loop : loops) {
            loop.eventLoop().execute(() -> loop.leave(patience.toMillis(), lastCall.toMillis()));
        }
        left();
        try {
            empty.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.infof("%d connections are ended although something is under way", connections.get());
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void left() {
        if (leaving && connections.get() == 0) {
            empty.complete(null);
        }
    }

    private void arrived(EventLoop eventLoop, HttpServerRequest request, ConnectionState state) {
        LiveExchange exchange = new LiveExchange(chain, eventLoop, request, state.peer(request), destination);
        state.current(exchange);
        exchange.start();
    }

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
            channel.closeFuture().addListener(closed -> {
                connections.decrementAndGet();
                left();
            });
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
            ctx.channel().eventLoop().schedule(() -> ctx.channel().config().setAutoRead(true), 1, TimeUnit.SECONDS);
        }
    }
}
