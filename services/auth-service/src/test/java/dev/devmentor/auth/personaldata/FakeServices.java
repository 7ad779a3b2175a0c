package dev.devmentor.auth.personaldata;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Two services at the other end of a socket, each of which behaves as a test says. */
public class FakeServices implements QuarkusTestResourceLifecycleManager {
    static final String LEARNING = "learning-service";
    static final String PBML = "pbml-service";

    /** How a service behaves towards a person; those of whom nothing was said get a good answer. */
    enum Behaviour {
        GOOD,
        /** 503 twice, then good. */
        BUSY,
        /** Takes the request and never answers. */
        SILENT,
        /** A byte now and then. */
        DRIPPING,
        /** Ends in the middle, in an orderly way. */
        CUT,
        BROKEN,
        REFUSING,
        ENDLESS
    }

    private final Map<String, HttpServer> servers = new HashMap<>();
    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    @Override
    public Map<String, String> start() {
        Map<String, String> configuration = new HashMap<>();
        for (String service : List.of(LEARNING, PBML)) {
            try {
                HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
                server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
                server.createContext("/personal-data", exchange -> answer(service, exchange));
                server.start();
                servers.put(service, server);
                configuration.put(
                        "devmentor.auth.services.\"" + service + "\"",
                        "http://127.0.0.1:" + server.getAddress().getPort());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        configuration.put("devmentor.auth.export.connect-timeout", "PT0.5S");
        configuration.put("devmentor.auth.export.part-timeout", "PT1.5S");
        configuration.put("devmentor.auth.export.first-pause", "PT0.02S");
        configuration.put("devmentor.auth.export.beat", "PT0.05S");
        configuration.put("devmentor.auth.export.poll", "PT0.02S");
        configuration.put("devmentor.auth.export.largest-part", "200K");
        return configuration;
    }

    @Override
    public void stop() {
        stopped.countDown();
        servers.values().forEach(server -> server.stop(0));
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(FakeServices.class));
    }

    /** How a service behaves from now on towards whoever has a token. */
    void behave(String service, String token, Behaviour behaviour) {
        behaviours.put(service + token, behaviour);
    }

    /** Tokens with which services were asked, in this order. */
    List<String> tokens() {
        return tokens;
    }

    int asked(String service, String token) {
        return asked.computeIfAbsent(service + token, _ -> new AtomicInteger()).get();
    }

    static String goodAnswer(String service) {
        return """
                {"service":"%1$s","person":"p","generatedAt":"2026-03-01T10:00:00Z","sections":["log"],"leftOut":{}}
                {"section":"log","row":{"of":"%1$s","text":"Übung"}}
                {"complete":true,"counts":{"log":1}}
                """.formatted(service);
    }

    private void answer(String service, HttpExchange exchange) throws IOException {
        String token = exchange.getRequestHeaders().getFirst("Authorization").substring("Bearer ".length());
        tokens.add(token);
        int times =
                asked.computeIfAbsent(service + token, _ -> new AtomicInteger()).incrementAndGet();
        String good = goodAnswer(service);
        try (exchange) {
            switch (behaviours.getOrDefault(service + token, Behaviour.GOOD)) {
                case GOOD -> send(exchange, 200, good);
                case BUSY -> send(exchange, times <= 2 ? 503 : 200, good);
                case SILENT -> waitForTheEnd();
                case DRIPPING -> {
                    exchange.sendResponseHeaders(200, 0);
                    drip(exchange.getResponseBody());
                }
                case CUT -> send(exchange, 200, good.substring(0, good.lastIndexOf("{\"complete")));
                case BROKEN -> send(exchange, 500, "{}");
                case REFUSING -> send(exchange, 403, "{}");
                case ENDLESS -> send(exchange, 200, ("\"" + "x".repeat(1_000) + "\"\n").repeat(300));
            }
        }
    }

    private void waitForTheEnd() {
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void drip(OutputStream out) throws IOException {
        try {
            while (!stopped.await(50, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                out.write('\n');
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/x-ndjson");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
