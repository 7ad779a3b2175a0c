package dev.devmentor.gateway.edge;

import dev.devmentor.gateway.filter.Exchange;
import dev.devmentor.gateway.filter.Filter;
import dev.devmentor.gateway.filter.Stage;
import dev.devmentor.gateway.problem.GatewayProblem;
import dev.devmentor.gateway.wire.FieldNames;
import dev.devmentor.gateway.wire.Malformed;
import dev.devmentor.gateway.wire.Octets;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Refuses what two programs could read differently, and gives a request its id, its trace and its caller's address. */
@Singleton
class Hygiene implements Filter {
    static final String ALLOWED_METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

    private static final Set<HttpMethod> METHODS = Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE,
            HttpMethod.OPTIONS);
    private static final int MAX_REQUEST_ID = 64;
    private static final CharSequence TRACEPARENT = FieldNames.of("traceparent");
    private static final CharSequence TRACESTATE = FieldNames.of("tracestate");
    private static final int LENGTH = 55; // of a traceparent of version 00

    private final TrustedProxies proxies;
    private final double traceSampling;
    private final int maxUriBytes;
    private final int maxFields;

    @Inject
    Hygiene(EdgeConfig config, TrustedProxies proxies) {
        this.proxies = proxies;
        traceSampling = config.traceSampling();
        maxUriBytes = config.maxUriBytes();
        maxFields = config.maxFields();
    }

    @Override
    public Stage stage() {
        return Stage.HYGIENE;
    }

    @Override
    public void apply(Exchange exchange) {
        HttpServerRequest request = exchange.request();
        MultiMap headers = request.headers();
        String id = headers.get("x-request-id");
        if (id == null || !isSane(id)) {
            id = RequestIds.next();
        }
        exchange.requestId(id);
        exchange.traceparent(trace(headers, id));
        GatewayProblem problem = fault(request, headers);
        if (problem != null) {
            exchange.refuse(problem);
            return;
        }
        if (!proxies.isEmpty()) {
            String peer = exchange.clientAddress();
            if (proxies.trusts(peer)) {
                exchange.clientAddress(proxies.client(peer, chain(headers)));
            }
        }
        exchange.proceed();
    }

    /** Whom proxies name: most know {@code X-Forwarded-For} alone, and what they let through is not to be believed before it. */
    private static @Nullable String chain(MultiMap headers) {
        List<String> usual = headers.getAll("x-forwarded-for");
        if (!usual.isEmpty()) {
            return String.join(",", usual);
        }
        List<String> standard = headers.getAll("forwarded");
        return standard.isEmpty() ? null : TrustedProxies.addresses(standard);
    }

    /** The caller's trace; a new one if there is none, and then what vendors say of the old one must not go along. */
    private String trace(MultiMap headers, String requestId) {
        List<String> all = headers.getAll(TRACEPARENT);
        String trace = all.size() == 1 ? continued(all.getFirst()) : null;
        if (trace == null) {
            headers.remove(TRACESTATE);
            return newTrace(requestId);
        }
        return trace;
    }

    private String newTrace(String requestId) {
        boolean sampled = traceSampling > 0 && ThreadLocalRandom.current().nextDouble() < traceSampling;
        return RequestIds.traceparent(isTraceId(requestId) ? requestId : RequestIds.next(), sampled);
    }

    private @Nullable GatewayProblem fault(HttpServerRequest request, MultiMap headers) {
        String target = request.uri();
        if (request.version() == HttpVersion.HTTP_2) {
            GatewayProblem problem = http2Fault(request, headers, target);
            if (problem != null) {
                return problem;
            }
        }
        String fault = PathRules.fault(target);
        if (fault != null) {
            return GatewayProblem.malformed(fault);
        }
        String expect = headers.get(HttpHeaders.EXPECT);
        if (expect != null && !expect.equalsIgnoreCase("100-continue")) {
            return ConnectionState.problem(new Malformed(417, "only 100-continue may be expected"));
        }
        return null;
    }

    /** What the decoder of HTTP/1 has checked already, for requests of HTTP/2 (RFC 9113 section 8.2). */
    private @Nullable GatewayProblem http2Fault(HttpServerRequest request, MultiMap headers, @Nullable String target) {
        if (!METHODS.contains(request.method())) {
            return new GatewayProblem(
                    "method-not-allowed",
                    "Method Not Allowed",
                    405,
                    "this method is not served",
                    Map.of("Allow", ALLOWED_METHODS));
        }
        if (target == null || request.authority() == null) {
            return GatewayProblem.malformed("the path or the authority is missing");
        }
        if (target.length() > maxUriBytes) {
            return ConnectionState.problem(new Malformed(414, "the URI is longer than " + maxUriBytes + " bytes"));
        }
        int count = 0;
        for (Map.Entry<String, String> header : headers) {
            String name = header.getKey();
            if (++count > maxFields) {
                return ConnectionState.problem(new Malformed(431, "there are more than " + maxFields + " fields"));
            }
            if (name.startsWith(":")) {
                continue;
            }
            if (!Octets.isToken(name) || !Octets.isValue(header.getValue())) {
                return GatewayProblem.malformed("a field has a character that is not allowed");
            }
            switch (name) {
                case "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade" -> {
                    return GatewayProblem.malformed("a field has no place in HTTP/2");
                }
                default -> {}
            }
        }
        if (headers.getAll(HttpHeaders.CONTENT_LENGTH).size() > 1
                || headers.getAll(HttpHeaders.HOST).size() > 1) {
            return GatewayProblem.malformed("Content-Length or Host is there twice");
        }
        String host = headers.get(HttpHeaders.HOST);
        if (host != null && !host.equalsIgnoreCase(request.authority().toString())) {
            return GatewayProblem.malformed("Host is not the authority");
        }
        return null;
    }

    private static boolean isSane(String id) {
        if (id.isEmpty() || id.length() > MAX_REQUEST_ID) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (!(c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || c == '-'
                    || c == '_'
                    || c == '.')) {
                return false;
            }
        }
        return true;
    }

    /**
     * What goes on of a {@code traceparent} (W3C Trace Context level 1, sections 3.2 and 4.3): all of version 00; of a later version
     * what it has in common with 00. Null if it is none.
     */
    static @Nullable String continued(String value) {
        if (value.length() < LENGTH
                || value.charAt(2) != '-'
                || value.charAt(35) != '-'
                || value.charAt(52) != '-'
                || !isHex(value, 0, 2)
                || !isHex(value, 3, 35)
                || !isHex(value, 36, 52)
                || !isHex(value, 53, LENGTH)
                || isZero(value, 3, 35)
                || isZero(value, 36, 52)) {
            return null;
        }
        if (value.startsWith("00")) {
            return value.length() == LENGTH ? value : null;
        }
        if (value.startsWith("ff") || value.length() > LENGTH && value.charAt(LENGTH) != '-') {
            return null;
        }
        boolean sampled = (Character.digit(value.charAt(54), 16) & 1) == 1;
        return "00" + value.substring(2, 53) + (sampled ? "01" : "00");
    }

    private static boolean isTraceId(String id) {
        return id.length() == 32 && isHex(id, 0, 32) && !isZero(id, 0, 32);
    }

    private static boolean isHex(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }
}
