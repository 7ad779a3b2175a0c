package dev.devmentor.gateway.proxy;

import dev.devmentor.gateway.balance.Instance;
import dev.devmentor.gateway.balance.Lease.Failure;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.buffer.impl.PartialPooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** The connections of one event loop to one instance, by HTTP/1.1. The one used last is used next. */
final class Http1Pool {
    final ProxyLoop loop;
    final Instance instance;
    /** {@code host: NAME:PORT}, as it is sent. */
    final byte[] hostLine;

    private final int maxOpen;
    private final int maxPending;
    private final Bootstrap bootstrap;
    private final ArrayDeque<Http1Connection> idle = new ArrayDeque<>();
    private final ArrayDeque<Forwarding> pending = new ArrayDeque<>();
    private int open;
    private long lastUsedNanos = System.nanoTime();

    Http1Pool(ProxyLoop loop, Instance instance) {
        this.loop = loop;
        this.instance = instance;
        String host = instance.name().indexOf(':') >= 0 ? "[" + instance.name() + "]" : instance.name();
        hostLine = ("host: " + host + ":" + instance.port() + "\r\n").getBytes(StandardCharsets.US_ASCII);
        maxOpen = Math.max(1, loop.config.maxConnectionsPerInstance() / loop.share);
        maxPending = Math.max(1, loop.config.maxPendingPerInstance() / loop.share);
        SslContext ssl = instance.tls() ? ssl() : null;
        bootstrap = new Bootstrap()
                .group(loop.eventLoop)
                .channelFactory(loop.vertx.transport().channelFactory(false))
                .resolver(loop.vertx.nettyAddressResolverGroup())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.ALLOCATOR, PartialPooledByteBufAllocator.INSTANCE)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        loop.config.connectTimeout().toMillis())
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (ssl != null) {
                            SslHandler handler = ssl.newHandler(channel.alloc(), instance.name(), instance.port());
                            SSLParameters parameters = handler.engine().getSSLParameters();
                            parameters.setEndpointIdentificationAlgorithm("HTTPS");
                            handler.engine().setSSLParameters(parameters);
                            channel.pipeline().addLast("ssl", handler);
                        }
                        channel.pipeline().addLast("http", new Http1Connection(Http1Pool.this, channel));
                    }
                });
    }

    private static SslContext ssl() {
        try {
            return SslContextBuilder.forClient().build();
        } catch (SSLException e) {
            throw new IllegalStateException("this machine can't do TLS", e);
        }
    }

    /** @return false if too many wait already */
    boolean acquire(Forwarding forwarding) {
        Http1Connection connection = idle.pollLast();
        if (connection != null) {
            connection.begin(forwarding);
            return true;
        }
        if (open >= maxOpen && pending.size() >= maxPending) {
            return false;
        }
        pending.addLast(forwarding);
        if (open < maxOpen) {
            connect();
        }
        return true;
    }

    /** Throws idle connections away: one of them turned out to have ended at the other end. */
    void forgetIdle() {
        Http1Connection connection;
        while ((connection = idle.pollLast()) != null) {
            connection.close();
        }
    }

    private void connect() {
        open++;
        ChannelFuture connecting = bootstrap.connect(instance.host(), instance.port());
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                open--;
                Forwarding forwarding = nextPending();
                if (forwarding != null) {
                    forwarding.failed(Failure.CONNECT);
                }
                connectForWaiting();
                return;
            }
            SslHandler ssl = connecting.channel().pipeline().get(SslHandler.class);
            Http1Connection connection = connecting.channel().pipeline().get(Http1Connection.class);
            if (ssl == null) {
                use(connection);
            } else {
                ssl.handshakeFuture().addListener(handshake -> {
                    if (handshake.isSuccess()) {
                        use(connection);
                    } else {
                        connecting.channel().close();
                        Forwarding forwarding = nextPending();
                        if (forwarding != null) {
                            forwarding.failed(Failure.CONNECT);
                        }
                    }
                });
            }
        });
    }

    private @Nullable Forwarding nextPending() {
        Forwarding forwarding;
        do {
            forwarding = pending.pollFirst();
        } while (forwarding != null && !forwarding.isWaiting());
        return forwarding;
    }

    /** A connection is free: it serves who waits, or becomes idle. */
    void use(Http1Connection connection) {
        Forwarding forwarding = nextPending();
        if (forwarding != null) {
            connection.begin(forwarding);
        } else {
            connection.idleSinceNanos = loop.eventLoop.inEventLoop() ? System.nanoTime() : 0;
            idle.addLast(connection);
        }
    }

    void closed(Http1Connection connection) {
        open--;
        idle.remove(connection);
        lastUsedNanos = System.nanoTime();
        connectForWaiting();
    }

    /** Whoever waits beyond the bound waits for a connection to become free: one that is gone never does. */
    private void connectForWaiting() {
        if (!pending.isEmpty() && open < maxOpen) {
            connect();
        }
    }

    /** @return whether the pool is of no use any more */
    boolean tick(long now) {
        long limit = loop.config.idleTimeout().toNanos();
        Http1Connection oldest;
        while ((oldest = idle.peekFirst()) != null && now - oldest.idleSinceNanos > limit) {
            idle.pollFirst();
            oldest.close();
        }
        return open == 0 && pending.isEmpty() && now - lastUsedNanos > limit;
    }
}
