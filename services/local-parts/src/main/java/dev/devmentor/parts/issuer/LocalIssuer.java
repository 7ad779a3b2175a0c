package dev.devmentor.parts.issuer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.devmentor.parts.PartFailed;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.Executors;

/**
 * Serves the OIDC discovery document and the public keys on 127.0.0.1, which is all that a resource server needs. It has
 * no address that gives out a token: only who can read the key file can make one.
 */
public final class LocalIssuer implements AutoCloseable {
    private final HttpServer server;
    private final IssuerKey key;

    private LocalIssuer(HttpServer server, IssuerKey key) {
        this.server = server;
        this.key = key;
    }

    /** @param port 0 for any free one */
    public static LocalIssuer start(int port, IssuerKey key) {
        try {
            InetSocketAddress address =
                    new InetSocketAddress(InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1}), port);
            HttpServer server = HttpServer.create(address, 0);
            LocalIssuer issuer = new LocalIssuer(server, key);
            server.createContext(
                    "/.well-known/openid-configuration", exchange -> issuer.answer(exchange, issuer.discovery()));
            server.createContext("/jwks", exchange -> issuer.answer(exchange, key.jwks()));
            server.createContext("/health", exchange -> issuer.answer(exchange, "{\"status\":\"UP\"}"));
            server.createContext("/", exchange -> send(exchange, 404, "{\"title\":\"Not found\",\"status\":404}"));
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return issuer;
        } catch (IOException e) {
            throw new PartFailed("the issuer cannot listen on port " + port + ": " + e.getMessage(), e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** The value of {@code iss}, and of {@code quarkus.oidc.auth-server-url}. */
    public String url() {
        return urlOf(port());
    }

    public static String urlOf(int port) {
        return "http://127.0.0.1:" + port;
    }

    public IssuerKey key() {
        return key;
    }

    public TokenMinter minter() {
        return new TokenMinter(key, url(), Clock.systemUTC());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private String discovery() {
        String url = url();
        return "{\"issuer\":\"" + url + "\",\"jwks_uri\":\"" + url + "/jwks\","
                + "\"response_types_supported\":[\"none\"],\"subject_types_supported\":[\"public\"],"
                + "\"id_token_signing_alg_values_supported\":[\"RS256\"]}";
    }

    private void answer(HttpExchange exchange, String json) throws IOException {
        String path = exchange.getRequestURI().getPath();
        boolean exact = path.equals(exchange.getHttpContext().getPath());
        boolean reads = exchange.getRequestMethod().equals("GET")
                || exchange.getRequestMethod().equals("HEAD");
        if (!exact) {
            send(exchange, 404, "{\"title\":\"Not found\",\"status\":404}");
        } else if (!reads) {
            send(exchange, 405, "{\"title\":\"Method not allowed\",\"status\":405}");
        } else {
            send(exchange, 200, json);
        }
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .set("Content-Type", status < 400 ? "application/json" : "application/problem+json");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            if (!head) {
                out.write(body);
            }
        }
    }
}
