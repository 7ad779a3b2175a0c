package dev.devmentor.auth.client;

import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.RequestScoped;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** From where the request comes that is being answered. */
@RequestScoped
public class RequestInfo {
    private static final int LONGEST_AGENT = 256;

    private final HttpServerRequest request;
    private final List<AddressRange> trusted;

    RequestInfo(
            HttpServerRequest request,
            @ConfigProperty(name = "devmentor.auth.trusted-proxies", defaultValue = "127.0.0.0/8,::1/128")
                    List<String> trusted) {
        this.request = request;
        this.trusted = trusted.stream().map(AddressRange::parse).toList();
    }

    /** Address and program of the other end. */
    public ClientInfo get() {
        String peer =
                request.remoteAddress() == null ? "" : request.remoteAddress().hostAddress();
        String address = peer == null ? "" : peer;
        String agent = Optional.ofNullable(request.getHeader("User-Agent")).orElse("");
        String forwarded = request.getHeader("X-Forwarded-For");
        if (forwarded != null && isTrusted(address)) {
            // The gateway writes it anew: the first is whoever came to the gateway.
            String first = forwarded.split(",", 2)[0].strip();
            if (AddressRange.address(first) != null) {
                address = first;
            }
        }
        return new ClientInfo(
                address, printable(agent.length() > LONGEST_AGENT ? agent.substring(0, LONGEST_AGENT) : agent));
    }

    /** A cookie of the request; null if it has none of that name. */
    public @Nullable String cookie(String name) {
        io.vertx.core.http.Cookie cookie = request.getCookie(name);
        return cookie == null ? null : cookie.getValue();
    }

    /** A header of the request; null without. */
    public @Nullable String header(String name) {
        return request.getHeader(name);
    }

    /** Whether the person's end has spoken TLS, as far as a trusted proxy or the socket says. */
    public boolean isSecure() {
        String peer =
                request.remoteAddress() == null ? "" : request.remoteAddress().hostAddress();
        return request.isSSL()
                || ("https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"))
                        && peer != null
                        && isTrusted(peer));
    }

    private boolean isTrusted(String text) {
        InetAddress address = AddressRange.address(text);
        return address != null && trusted.stream().anyMatch(range -> range.contains(address));
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
