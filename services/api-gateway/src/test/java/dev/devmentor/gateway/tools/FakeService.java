package dev.devmentor.gateway.tools;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A service that answers what a test says, and remembers what it was asked. It can be stopped, and comes back at its port. */
public final class FakeService {
    private final Map<String, Reply> replies = new ConcurrentHashMap<>();
    private final List<Asked> asked = new ArrayList<>();
    private int port;
    private @Nullable HttpServer server;

    private record Reply(int status, String json, @Nullable CountDownLatch gate) {}

    /** A request that came. */
    public record Asked(
            String method, String target, @Nullable String authorization, String body) {
        /** The target without its query. */
        public String path() {
            int query = target.indexOf('?');
            return query < 0 ? target : target.substring(0, query);
        }
    }

    public FakeService() {
        start();
    }

    public synchronized void start() {
        if (server != null) {
            return;
        }
        try {
            HttpServer fresh = HttpServer.create(
                    new InetSocketAddress(InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1}), port), 0);
            fresh.createContext("/", this::handle);
            fresh.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            fresh.start();
            port = fresh.getAddress().getPort();
            server = fresh;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public synchronized void stop() {
        HttpServer running = server;
        if (running != null) {
            running.stop(0);
            server = null;
        }
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Answers 200. */
    public void answers(String path, String json) {
        answers(path, 200, json);
    }

    public void answers(String path, int status, String json) {
        replies.put(path, new Reply(status, json, null));
    }

    /** Answers 200 once the gate is open. */
    public void answersLater(String path, String json, CountDownLatch gate) {
        replies.put(path, new Reply(200, json, gate));
    }

    /** Starts, forgets what it was asked and what it answers. */
    public void reset() {
        start();
        replies.clear();
        synchronized (asked) {
            asked.clear();
        }
    }

    public List<Asked> asked() {
        synchronized (asked) {
            return List.copyOf(asked);
        }
    }

    /** How often each path was asked for. */
    public Map<String, Long> counts() {
        return asked().stream().collect(Collectors.groupingBy(Asked::path, Collectors.counting()));
    }

    private void handle(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestURI().toString();
        Asked request = new Asked(
                exchange.getRequestMethod(),
                target,
                exchange.getRequestHeaders().getFirst("Authorization"),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        synchronized (asked) {
            asked.add(request);
        }
        Reply reply = replies.getOrDefault(
                request.path(),
                new Reply(
                        404,
                        "{\"type\":\"https://devmentor.dev/problems/not-found\",\"title\":\"Not Found\",\"status\":404,"
                                + "\"detail\":\"nothing is here\"}",
                        null));
        if (reply.gate != null) {
            try {
                reply.gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        byte[] body = reply.json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .set("Content-Type", reply.status < 400 ? "application/json" : "application/problem+json");
        exchange.sendResponseHeaders(reply.status, body.length == 0 ? -1 : body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
