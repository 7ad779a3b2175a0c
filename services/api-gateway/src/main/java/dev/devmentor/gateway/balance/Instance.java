package dev.devmentor.gateway.balance;

/**
 * One process of a service.
 *
 * @param http2 whether it is spoken to by HTTP/2 (with prior knowledge where there is no TLS)
 */
public record Instance(String host, int port, boolean tls, boolean http2) {
    @Override
    public String toString() {
        return (tls ? "https://" : "http://") + host + ":" + port;
    }
}
