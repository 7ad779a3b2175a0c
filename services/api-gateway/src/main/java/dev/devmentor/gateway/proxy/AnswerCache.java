package dev.devmentor.gateway.proxy;

import dev.devmentor.gateway.filter.Caller;
import dev.devmentor.gateway.filter.LiveExchange;
import dev.devmentor.gateway.route.Route;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers that may be shown again while a service is out of reach, each to the caller who got it and to nobody else. Bounded in
 * bytes: what has not been used for longest goes first. Safe for all event loops; only marked routes come here.
 */
final class AnswerCache {
    private static final int ENTRY_OVERHEAD = 512;

    private final long maxBytes;
    private final int maxEntryBytes;
    private final Map<Key, Kept> kept = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    AnswerCache(long maxBytes, int maxEntryBytes) {
        this.maxBytes = maxBytes;
        this.maxEntryBytes = maxEntryBytes;
    }

    /** What makes two requests the same; all that a service may know the caller by is in it. */
    record Key(
            Caller.Kind kind,
            String caller,
            String tier,
            List<String> roles,
            String scope,
            @Nullable String keyId,
            String route,
            String host,
            String target,
            @Nullable String accept,
            @Nullable String acceptEncoding,
            @Nullable String acceptLanguage) {}

    /** An answer. */
    record Kept(int status, List<AsciiString> names, List<String> values, byte[] body, long atNanos, long untilNanos) {
        long weight() {
            long weight = ENTRY_OVERHEAD + body.length;
            for (int i = 0; i < names.size(); i++) {
                weight += names.get(i).length() + values.get(i).length();
            }
            return weight;
        }
    }

    int maxEntryBytes() {
        return maxEntryBytes;
    }

    /** The key under which an answer to this request may be kept; null if it must not be. */
    static @Nullable Key key(LiveExchange exchange, Route route) {
        HttpServerRequest request = exchange.request();
        if (route.cacheSeconds() <= 0 || request.method() != HttpMethod.GET || exchange.bodyLength() != 0) {
            return null;
        }
        MultiMap headers = request.headers();
        Caller caller = exchange.caller();
        if (headers.contains(HttpHeaders.COOKIE)
                || headers.contains("range")
                || !caller.isKnown()
                        && (headers.contains(HttpHeaders.AUTHORIZATION) || headers.contains("x-api-key"))) {
            return null;
        }
        return new Key(
                caller.kind(),
                caller.id(),
                caller.tier(),
                caller.roles(),
                caller.scope(),
                caller.keyId(),
                route.name(),
                String.valueOf(request.authority()),
                request.uri(),
                joined(headers, "accept"),
                joined(headers, "accept-encoding"),
                joined(headers, "accept-language"));
    }

    private static @Nullable String joined(MultiMap headers, String name) {
        List<String> all = headers.getAll(name);
        return all.isEmpty() ? null : String.join(",", all);
    }

    /** Whether an answer with this head may be kept (RFC 9111 section 3). */
    static boolean mayBeKept(AnswerHead head) {
        if (head.status() != 200) {
            return false;
        }
        for (int i = 0; i < head.count(); i++) {
            String value = head.value(i).toString().toLowerCase(Locale.ROOT);
            switch (head.name(i).toString()) {
                case "cache-control" -> {
                    if (value.contains("no-store") || value.contains("no-cache") || value.contains("must-revalidate")) {
                        return false;
                    }
                }
                case "set-cookie" -> {
                    return false;
                }
                case "vary" -> {
                    for (String name : value.split(",")) {
                        switch (name.trim()) {
                            case "accept", "accept-encoding", "accept-language", "authorization", "origin" -> {}
                            default -> {
                                return false;
                            }
                        }
                    }
                }
                default -> {}
            }
        }
        return true;
    }

    synchronized @Nullable Kept find(Key key, long nowNanos) {
        Kept found = kept.get(key);
        if (found != null && nowNanos - found.untilNanos() > 0) {
            kept.remove(key);
            bytes -= found.weight();
            return null;
        }
        return found;
    }

    synchronized void keep(Key key, Kept answer) {
        Kept before = kept.put(key, answer);
        bytes += answer.weight() - (before == null ? 0 : before.weight());
        Iterator<Kept> eldest = kept.values().iterator();
        while (bytes > maxBytes && eldest.hasNext()) {
            bytes -= eldest.next().weight();
            eldest.remove();
        }
    }
}
