package dev.devmentor.gateway.proxy;

import dev.devmentor.gateway.edge.TrustedProxies;
import dev.devmentor.gateway.filter.LiveExchange;
import dev.devmentor.gateway.wire.FieldNames;
import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request as a service gets it: without what concerns this hop only (RFC 9110 section 7.6.1), without what would say
 * who calls in another way than by the token, and with what the gateway knows of the caller's end.
 */
final class RequestHeaders {
    private static final byte[] VERSION = bytes(" HTTP/1.1\r\n");
    private static final byte[] UPGRADE = bytes("connection: upgrade\r\nupgrade: websocket\r\n");
    private static final byte[] CHUNKED = bytes("transfer-encoding: chunked\r\n");
    private static final byte[] CONTENT_LENGTH = bytes("content-length: ");
    private static final byte[] AUTHORIZATION = bytes("authorization: ");
    private static final byte[] FORWARDED = bytes("forwarded: ");
    private static final byte[] FORWARDED_FOR = bytes("x-forwarded-for: ");
    private static final byte[] FORWARDED_PROTO = bytes("x-forwarded-proto: ");
    private static final byte[] FORWARDED_HOST = bytes("x-forwarded-host: ");
    private static final byte[] REQUEST_ID = bytes("x-request-id: ");
    private static final byte[] TRACEPARENT = bytes("traceparent: ");
    private static final byte[] VIA = bytes("via: 1.1 devmentor\r\n");
    private static final byte[] VIA_HTTP2 = bytes("via: 2 devmentor\r\n");
    private static final AsciiString AUTHORIZATION_NAME = FieldNames.of("authorization");
    private static final AsciiString COOKIE = FieldNames.of("cookie");

    /** Set anew, or for one hop only, or a way to say who calls that only proxies of others use. */
    private static final Set<AsciiString> DROPPED = names(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authorization",
            "proxy-authenticate",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings",
            "host",
            "content-length",
            "expect",
            "forwarded",
            "x-forwarded-for",
            "x-forwarded-proto",
            "x-forwarded-host",
            "x-forwarded-port",
            "x-forwarded-prefix",
            "x-forwarded-server",
            "x-forwarded-scheme",
            "x-forwarded-ssl",
            "x-forwarded-by",
            "x-forwarded-path",
            "x-forwarded-uri",
            "x-forwarded-method",
            "x-forwarded-user",
            "x-forwarded-email",
            "x-forwarded-groups",
            "x-forwarded-access-token",
            "x-forwarded-preferred-username",
            "x-forwarded-client-cert",
            "x-forwarded-tls-client-cert",
            "x-real-ip",
            "x-client-ip",
            "x-cluster-client-ip",
            "true-client-ip",
            "cf-connecting-ip",
            "x-original-url",
            "x-original-uri",
            "x-original-host",
            "x-original-forwarded-for",
            "x-original-method",
            "x-rewrite-url",
            "x-http-method",
            "x-http-method-override",
            "x-method-override",
            "x-host",
            "x-api-key",
            "x-user",
            "x-user-id",
            "x-user-name",
            "x-user-email",
            "x-user-roles",
            "x-user-role",
            "x-username",
            "x-roles",
            "x-role",
            "x-groups",
            "x-tier",
            "x-tenant-id",
            "x-auth-user",
            "x-auth-request-user",
            "x-auth-request-email",
            "x-auth-request-groups",
            "x-authenticated-user",
            "x-authenticated-userid",
            "x-authenticated-scope",
            "x-authenticated-groups",
            "x-consumer-id",
            "x-consumer-username",
            "x-consumer-custom-id",
            "x-credential-identifier",
            "x-anonymous-consumer",
            "x-remote-user",
            "remote-user",
            "x-webauth-user",
            "x-ssl-client-cert",
            "x-ssl-client-verify",
            "x-ssl-client-dn",
            "ssl-client-cert",
            "x-client-cert",
            "x-client-verify",
            "x-client-dn",
            "client-cert",
            "client-cert-chain",
            "proxy",
            "x-request-id",
            "x-correlation-id",
            "traceparent");

    private final TrustedProxies proxies;

    RequestHeaders(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static Set<AsciiString> names(String... names) {
        return Set.of(java.util.Arrays.stream(names).map(FieldNames::of).toArray(AsciiString[]::new));
    }

    /** One field that is sent. */
    interface Sink {
        void field(AsciiString name, CharSequence value);
    }

    /**
     * Writes the head.
     *
     * @param bodyLength 0 for no body, -1 for one in chunks
     * @param upgrade whether it asks for a WebSocket
     */
    void write(ByteBuf out, LiveExchange exchange, byte[] hostLine, long bodyLength, boolean upgrade) {
        HttpServerRequest request = exchange.request();
        out.writeCharSequence(request.method().name(), StandardCharsets.US_ASCII);
        out.writeByte(' ');
        out.writeCharSequence(request.uri(), StandardCharsets.US_ASCII);
        out.writeBytes(VERSION).writeBytes(hostLine);
        passing(exchange, (name, value) -> line(out, name, value));
        if (upgrade) {
            out.writeBytes(UPGRADE);
        }
        if (bodyLength > 0 || bodyLength == 0 && request.getHeader(FieldNames.CONTENT_LENGTH) != null) {
            line(out, CONTENT_LENGTH, Long.toString(bodyLength));
        } else if (bodyLength < 0) {
            out.writeBytes(CHUNKED);
        }
        String authorization = exchange.authorization();
        if (authorization != null) {
            line(out, AUTHORIZATION, authorization);
        }
        String peer = exchange.peer().address();
        boolean trusted = proxies.trusts(peer);
        String proto = proto(exchange, trusted);
        String host = host(exchange, trusted);
        line(out, FORWARDED, forwarded(request, peer, proto, host, trusted));
        line(out, FORWARDED_FOR, forwardedFor(request, peer, trusted));
        line(out, FORWARDED_PROTO, proto);
        line(out, FORWARDED_HOST, host);
        line(out, REQUEST_ID, exchange.requestId());
        line(out, TRACEPARENT, exchange.traceparent());
        out.writeBytes(request.version() == HttpVersion.HTTP_2 ? VIA_HTTP2 : VIA);
        out.writeShort('\r' << 8 | '\n');
    }

    /** The same for HTTP/2, whose own fields for host and length the client makes. */
    void copy(LiveExchange exchange, MultiMap out) {
        HttpServerRequest request = exchange.request();
        passing(exchange, (name, value) -> out.add(name, value));
        String authorization = exchange.authorization();
        if (authorization != null) {
            out.set(AUTHORIZATION_NAME, authorization);
        }
        String peer = exchange.peer().address();
        boolean trusted = proxies.trusts(peer);
        String proto = proto(exchange, trusted);
        String host = host(exchange, trusted);
        out.set("forwarded", forwarded(request, peer, proto, host, trusted));
        out.set("x-forwarded-for", forwardedFor(request, peer, trusted));
        out.set("x-forwarded-proto", proto);
        out.set("x-forwarded-host", host);
        out.set("x-request-id", exchange.requestId());
        out.set("traceparent", exchange.traceparent());
        // Behind those of others: each that a message has come through adds itself (RFC 9110 section 7.6.3).
        out.add("via", request.version() == HttpVersion.HTTP_2 ? "2 devmentor" : "1.1 devmentor");
    }

    private static void passing(LiveExchange exchange, Sink sink) {
        MultiMap headers = exchange.request().headers();
        boolean authorizationIsSet = exchange.authorization() != null;
        List<AsciiString> named = named(headers);
        if (headers instanceof HeadersMultiMap octets) {
            Iterator<Map.Entry<CharSequence, CharSequence>> entries = octets.iteratorCharSequence();
            while (entries.hasNext()) {
                Map.Entry<CharSequence, CharSequence> entry = entries.next();
                AsciiString name = entry.getKey() instanceof AsciiString ascii ? ascii : FieldNames.of(entry.getKey());
                if (passes(name, authorizationIsSet, named)) {
                    sink.field(name, entry.getValue());
                }
            }
            return;
        }
        String cookies = null;
        for (Map.Entry<String, String> entry : headers) {
            if (!entry.getKey().startsWith(":")) {
                AsciiString name = FieldNames.of(entry.getKey());
                if (name == COOKIE) {
                    // In crumbs by HTTP/2, in one field elsewhere (RFC 9113 section 8.2.3).
                    cookies = cookies == null ? entry.getValue() : cookies + "; " + entry.getValue();
                } else if (passes(name, authorizationIsSet, named)) {
                    sink.field(name, entry.getValue());
                }
            }
        }
        if (cookies != null) {
            sink.field(COOKIE, cookies);
        }
    }

    /** The fields that Connection names; they are for this hop only. Nobody can have a token removed that way. */
    private static List<AsciiString> named(MultiMap headers) {
        String connection = headers.get(FieldNames.CONNECTION);
        if (connection == null || connection.equals("keep-alive") || connection.equalsIgnoreCase("close")) {
            return List.of();
        }
        List<AsciiString> named = new ArrayList<>();
        for (String value : headers.getAll(FieldNames.CONNECTION)) {
            for (String option : value.split(",")) {
                named.add(FieldNames.of(option.trim().toLowerCase(Locale.ROOT)));
            }
        }
        return named;
    }

    private static boolean passes(AsciiString name, boolean authorizationIsSet, List<AsciiString> named) {
        if (DROPPED.contains(name) || name.indexOf('_', 0) >= 0) {
            return false;
        }
        if (name == AUTHORIZATION_NAME) {
            return !authorizationIsSet;
        }
        return named.isEmpty() || !named.contains(name);
    }

    private static String proto(LiveExchange exchange, boolean trusted) {
        String said = trusted ? exchange.request().getHeader("x-forwarded-proto") : null;
        boolean secure = "https".equals(said) || !"http".equals(said) && exchange.isSecure();
        return secure ? "https" : "http";
    }

    private static String host(LiveExchange exchange, boolean trusted) {
        HttpServerRequest request = exchange.request();
        String said = trusted ? request.getHeader("x-forwarded-host") : null;
        if (said != null && isHost(said)) {
            return said;
        }
        String host = request.getHeader(FieldNames.HOST);
        return host != null ? host : String.valueOf(request.authority());
    }

    private static boolean isHost(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(Character.isLetterOrDigit(c) && c < 128) && ".-_:[]".indexOf(c) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** RFC 7239. */
    private static String forwarded(
            HttpServerRequest request, String peer, String proto, String host, boolean trusted) {
        StringBuilder text = new StringBuilder(96);
        if (trusted) {
            for (String before : request.headers().getAll("forwarded")) {
                text.append(before).append(", ");
            }
        }
        if (peer.indexOf(':') >= 0) {
            text.append("for=\"[").append(peer).append("]\"");
        } else {
            text.append("for=").append(peer);
        }
        return text.append(";host=\"")
                .append(host)
                .append("\";proto=")
                .append(proto)
                .toString();
    }

    private static String forwardedFor(HttpServerRequest request, String peer, boolean trusted) {
        if (!trusted) {
            return peer;
        }
        List<String> before = request.headers().getAll("x-forwarded-for");
        return before.isEmpty() ? peer : String.join(", ", before) + ", " + peer;
    }

    private static void line(ByteBuf out, AsciiString name, CharSequence value) {
        out.writeBytes(name.array(), name.arrayOffset(), name.length());
        out.writeShort(':' << 8 | ' ');
        text(out, value);
    }

    private static void line(ByteBuf out, byte[] nameAndColon, CharSequence value) {
        out.writeBytes(nameAndColon);
        text(out, value);
    }

    private static void text(ByteBuf out, @Nullable CharSequence value) {
        if (value instanceof AsciiString ascii) {
            out.writeBytes(ascii.array(), ascii.arrayOffset(), ascii.length());
        } else if (value != null) {
            out.writeCharSequence(value, StandardCharsets.ISO_8859_1);
        }
        out.writeShort('\r' << 8 | '\n');
    }
}
