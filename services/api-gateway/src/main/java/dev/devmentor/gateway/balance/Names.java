package dev.devmentor.gateway.balance;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.NoopDnsCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.vertx.core.spi.transport.Transport;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Looks up all A and AAAA records of a name, by the name servers and search domains of {@code /etc/resolv.conf}, as of now: neither the
 * JVM's cache nor one of our own is between.
 */
final class Names implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final DnsNameResolver resolver;

    /** On an event loop of that transport, with those name servers; null for those of the system. */
    Names(EventLoop loop, Transport transport, @Nullable DnsServerAddressStreamProvider servers) {
        ChannelFactory<? extends Channel> streams = transport.channelFactory(false);
        DnsNameResolverBuilder builder = new DnsNameResolverBuilder(loop)
                .datagramChannelFactory(transport::datagramChannel)
                // For answers that are too long for a datagram.
                .socketChannelFactory(() -> (SocketChannel) streams.newChannel())
                .resolvedAddressTypes(ResolvedAddressTypes.IPV4_PREFERRED)
                .resolveCache(NoopDnsCache.INSTANCE)
                .cnameCache(NoopDnsCnameCache.INSTANCE)
                .queryTimeoutMillis(TIMEOUT.toMillis())
                .completeOncePreferredResolved(false);
        resolver = (servers == null ? builder : builder.nameServerProvider(servers)).build();
    }

    /** All addresses; fails if there is none, or no name server answers. */
    CompletionStage<List<InetAddress>> lookUp(String name) {
        CompletableFuture<List<InetAddress>> found = new CompletableFuture<>();
        resolver.resolveAll(name).addListener((io.netty.util.concurrent.Future<List<InetAddress>> done) -> {
            if (done.isSuccess()) {
                found.complete(done.getNow());
            } else {
                found.completeExceptionally(done.cause());
            }
        });
        return found;
    }

    @Override
    public void close() {
        resolver.close();
    }
}
