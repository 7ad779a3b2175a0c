package dev.devmentor.gateway.filter;

import io.vertx.core.http.HttpServerRequest;

/**
 * The other end of a connection: the client, or a proxy in front of it.
 *
 * @param address as text; {@code unknown} if the connection has ended already
 * @param secure whether the connection is encrypted
 */
public record Peer(String address, boolean secure) {
    /** Of the connection that a request came on. */
    public static Peer of(HttpServerRequest request) {
        String address = request.remoteAddress().hostAddress();
        return new Peer(address == null ? "unknown" : address, request.isSSL());
    }
}
