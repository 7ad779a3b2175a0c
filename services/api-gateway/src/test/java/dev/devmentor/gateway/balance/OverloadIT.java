package dev.devmentor.gateway.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.gateway.breaker.BreakerTimes;
import dev.devmentor.gateway.breaker.Circuits;
import dev.devmentor.gateway.filter.Caller;
import dev.devmentor.gateway.filter.Exchange;
import dev.devmentor.gateway.settings.Settings;
import dev.devmentor.gateway.settings.Settings.ServiceSettings;
import dev.devmentor.gateway.shed.LatencyLimit.Bounds;
import dev.devmentor.gateway.shed.ServiceLimits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three times what a service can take, over real connections: 8 at once, 40 ms each, all others wait in its queue. */
class OverloadIT {
    private static final int WORKERS = 8;
    private static final int MILLIS = 40;
    private static final int CAPACITY = WORKERS * 1000 / MILLIS;

    private Vertx vertx;
    private HttpClient client;
    private ServicePools pools;
    private Exchange exchange;
    private int port;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
        HttpServer server = vertx.createHttpServer();
        Deque<HttpServerRequest> queue = new ArrayDeque<>();
        int[] working = {0};
        // On one event loop, so without locks.
        server.requestHandler(request -> {
            queue.add(request);
            work(queue, working);
        });
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
        port = server.actualPort();
        client = vertx.createHttpClient(
                new HttpClientOptions().setMaxPoolSize(2000).setMaxWaitQueueSize(-1));
        pools = new ServicePools(
                Map.of(),
                Installation.OF_EVERYTHING,
                new Circuits(new BreakerTimes(5, Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ZERO)),
                new ServiceLimits(new Bounds(200, 8, 2000, 25_000_000), new SimpleMeterRegistry()));
        pools.apply(new Settings(
                Settings.NONE.limits(),
                Settings.NONE.breaker(),
                Settings.NONE.retry(),
                Map.of(),
                Map.of("learning-service", new ServiceSettings(List.of("http://127.0.0.1:" + port), null))));
        ClassLoader loader = OverloadIT.class.getClassLoader();
        Object request =
                Proxy.newProxyInstance(loader, new Class<?>[] {HttpServerRequest.class}, (proxy, method, args) -> null);
        exchange = (Exchange) Proxy.newProxyInstance(
                loader, new Class<?>[] {Exchange.class}, (proxy, method, args) -> switch (method.getName()) {
                    case "request" -> request;
                    case "caller" -> Caller.NOBODY;
                    case "clientAddress" -> "192.0.2.7";
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private void work(Deque<HttpServerRequest> queue, int[] working) {
        HttpServerRequest next = working[0] < WORKERS ? queue.poll() : null;
        if (next != null) {
            working[0]++;
            vertx.setTimer(MILLIS, timer -> {
                working[0]--;
                next.response().end("done");
                work(queue, working);
            });
        }
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void whatIsLetInKeepsItsLatencyAndTheServiceItsThroughput() {
        offer(CAPACITY / 3, 1); // Classes are loaded.
        Stretch calm = offer(CAPACITY / 3, 3);
        assertThat(calm.shed).isZero();
        offer(3 * CAPACITY, 8); // It finds its limit.
        Stretch overload = offer(3 * CAPACITY, 3);
        String what = "p99 " + overload.p99Millis() + " ms of " + calm.p99Millis() + " ms, " + overload.nanos.length
                + " answers of " + 3 * CAPACITY;
        assertThat(overload.shed).as(what).isGreaterThan(CAPACITY);
        // With room for a busy machine; without the limit it is ten seconds. LatencyLimitTest is exact, in simulated
        // time.
        assertThat(overload.p99Millis()).as(what).isLessThan(2 * calm.p99Millis() + 400);
        assertThat(overload.nanos.length).as(what).isGreaterThan((int) (0.7 * 3 * CAPACITY));
    }

    private record Stretch(int shed, long[] nanos) {
        long p99Millis() {
            return nanos[(int) (nanos.length * 0.99)] / 1_000_000;
        }
    }

    /** Calls at a fixed pace that wait for nobody; counts those that were answered in the time. */
    private Stretch offer(int perSecond, int seconds) {
        Queue<Long> latencies = new ConcurrentLinkedQueue<>();
        AtomicInteger shed = new AtomicInteger();
        long began = System.nanoTime();
        for (int i = 0; i < perSecond * seconds; i++) {
            long due = began + i * 1_000_000_000L / perSecond;
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            Lease lease = pools.lease("learning-service", exchange, Set.of());
            if (lease == null) {
                shed.incrementAndGet();
                continue;
            }
            client.request(HttpMethod.GET, port, "127.0.0.1", "/")
                    .compose(request -> request.send())
                    .compose(answer -> answer.body())
                    .onComplete(done -> {
                        if (done.succeeded()) {
                            lease.succeeded();
                            latencies.add(System.nanoTime() - due);
                        } else {
                            lease.failed(Lease.Failure.CLOSED);
                        }
                    });
        }
        long[] sorted = latencies.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return new Stretch(shed.get(), sorted);
    }
}
