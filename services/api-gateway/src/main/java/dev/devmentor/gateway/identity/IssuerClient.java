package dev.devmentor.gateway.identity;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks the issuer. Every answer is bounded in time and size; redirects are not followed. */
@Singleton
class IssuerClient {
    private static final int LARGEST_ANSWER = 256 * 1024;
    private static final int CONNECTIONS = 16;
    private static final int MOST_WAITING = 256;

    private final HttpClient http;
    private final IdentityConfig config;
    private final String issuer;
    private volatile @Nullable Endpoints endpoints;

    /** What the discovery document says. */
    record Endpoints(String jwks, String token) {}

    /** Status and body of an answer. */
    record Answer(int status, Buffer body) {
        JsonObject json() {
            return new JsonObject(body);
        }
    }

    IssuerClient(Vertx vertx, IdentityConfig config) {
        this.config = config;
        this.issuer = config.issuer().endsWith("/")
                ? config.issuer().substring(0, config.issuer().length() - 1)
                : config.issuer();
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) config.timeout().toMillis())
                .setMaxPoolSize(CONNECTIONS)
                .setMaxWaitQueueSize(MOST_WAITING)
                .setKeepAliveTimeout(30)
                .setMaxHeaderSize(16 * 1024));
    }

    /** Where the keys are: OpenID Connect Discovery 1.0, 4. Asked once, and again after {@link #forgetEndpoints}. */
    Future<Endpoints> endpoints() {
        Endpoints known = endpoints;
        if (known != null) {
            return Future.succeededFuture(known);
        }
        return get(issuer + "/.well-known/openid-configuration").map(answer -> {
            if (answer.status() != 200) {
                throw new IllegalStateException("discovery was answered with " + answer.status());
            }
            JsonObject document = answer.json();
            if (!config.issuer().equals(document.getValue("issuer"))) {
                throw new IllegalStateException("the discovery document is another issuer's");
            }
            String token = document.containsKey("token_endpoint")
                    ? address(document, "token_endpoint")
                    : issuer + "/api/auth/token";
            Endpoints found = new Endpoints(address(document, "jwks_uri"), token);
            endpoints = found;
            return found;
        });
    }

    private String address(JsonObject document, String name) {
        // What is fetched in the clear is only believed where the issuer itself is.
        if (document.getValue(name) instanceof String url
                && (url.startsWith("https://") || (url.startsWith("http://") && issuer.startsWith("http://")))) {
            return url;
        }
        throw new IllegalStateException("the discovery document has no usable " + name);
    }

    void forgetEndpoints() {
        endpoints = null;
    }

    Future<Answer> get(String url) {
        return send(HttpMethod.GET, url, Map.of("Accept", "application/json"), null);
    }

    /** A request at the token endpoint, authenticated as this gateway (RFC 6749, 2.3.1). */
    Future<Answer> token(Map<String, String> form) {
        String basic = Base64.getEncoder()
                .encodeToString((encode(config.clientId()) + ":"
                                + encode(config.clientSecret().orElse("")))
                        .getBytes(StandardCharsets.UTF_8));
        String body = form.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return endpoints()
                .compose(found -> send(
                        HttpMethod.POST,
                        found.token(),
                        Map.of(
                                "Authorization",
                                "Basic " + basic,
                                "Content-Type",
                                "application/x-www-form-urlencoded",
                                "Accept",
                                "application/json"),
                        Buffer.buffer(body)));
    }

    /**
     * Reports the use of keys.
     *
     * @param instance this process: of the same one and the same minute the last numbers count
     */
    Future<Answer> usage(String accessToken, String instance, Buffer json) {
        return send(
                HttpMethod.POST,
                issuer + "/api/auth/keys/usage",
                Map.of(
                        "Authorization",
                        "Bearer " + accessToken,
                        "Content-Type",
                        "application/json",
                        "X-Gateway-Instance",
                        instance),
                json);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Future<Answer> send(HttpMethod method, String url, Map<String, String> headers, @Nullable Buffer body) {
        RequestOptions options = new RequestOptions()
                .setAbsoluteURI(url)
                .setMethod(method)
                .setConnectTimeout(config.timeout().toMillis())
                .setIdleTimeout(config.timeout().toMillis());
        return http.request(options)
                .compose(request -> {
                    headers.forEach(request::putHeader);
                    return body == null ? request.send() : request.send(body);
                })
                .compose(IssuerClient::read)
                .timeout(2 * config.timeout().toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
    }

    private static Future<Answer> read(HttpClientResponse response) {
        Buffer body = Buffer.buffer();
        response.handler(part -> {
            if (body.length() + part.length() > LARGEST_ANSWER) {
                response.request().reset();
            } else {
                body.appendBuffer(part);
            }
        });
        return response.end().map(ignored -> new Answer(response.statusCode(), body));
    }
}
