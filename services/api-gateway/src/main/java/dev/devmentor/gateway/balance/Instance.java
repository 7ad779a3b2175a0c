package dev.devmentor.gateway.balance;

import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;

/**
 * One process of a service.
 *
 * @param host where it is
 * @param http2 whether it is spoken to by HTTP/2 (with prior knowledge where there is no TLS)
 * @param name what it is called in {@code Host} and has to be called in its certificate: what its address was looked up by
 */
public record Instance(String host, int port, boolean tls, boolean http2, String name) {
    /** One that is called as the place where it is. */
    public Instance(String host, int port, boolean tls, boolean http2) {
        this(host, port, tls, http2, host);
    }

    /** A request to it. */
    public RequestOptions request() {
        return new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(port, host))
                .setHost(name)
                .setPort(port)
                .setSsl(tls);
    }

    @Override
    public String toString() {
        return (tls ? "https://" : "http://") + host + ":" + port;
    }
}
