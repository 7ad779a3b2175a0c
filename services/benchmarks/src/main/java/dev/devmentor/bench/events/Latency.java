package dev.devmentor.bench.events;

import dev.devmentor.parts.LocalService;
import dev.devmentor.parts.issuer.TokenMinter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * How long it takes from sending an answer until a person sees it: at a steady rate of answers to existing cards, now
 * and then one that makes a new card is sent, and its card is asked for over HTTP again and again until it is there.
 */
final class Latency {
    static final int EVENTS_PER_SECOND = 2_000;

    private static final int TICKS_PER_SECOND = 200;
    private static final int TICKS_PER_PROBE = 40;
    private static final int WARM_UP_SECONDS = 45;
    private static final int PROBING_LEARNERS = 40;
    private static final Duration PAUSE = Duration.ofMillis(3);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Parts parts;
    private final Ours ours;
    private final LocalService service;
    private final Load load;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    Latency(Parts parts, Ours ours, Load load) {
        this.parts = parts;
        this.ours = ours;
        this.service = ours.service();
        this.load = load;
    }

    /**
     * Milliseconds from send to visible.
     *
     * @param cpu per event, at this rate
     */
    record Measured(double p50, double p99, double longest, int probes, double eventsPerSecond, Contender.Cpu cpu) {}

    Measured measure(int seconds) throws InterruptedException, ExecutionException {
        SplittableRandom random = new SplittableRandom(7);
        TokenMinter minter = parts.issuer().minter();
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < PROBING_LEARNERS; i++) {
            tokens.add(minter.mint(TokenMinter.Claims.learner("probe-" + i)));
        }
        List<Future<Double>> probes = new ArrayList<>();
        int warmUpTicks = WARM_UP_SECONDS * TICKS_PER_SECOND;
        int ticks = warmUpTicks + seconds * TICKS_PER_SECOND;
        int sent = 0;
        try (Producer<byte[], byte[]> producer = Load.producer(parts.kafka().bootstrapServers(), 1);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> asking = threads.submit(() -> warmUp(tokens.getFirst()));
            long began = System.nanoTime();
            for (int tick = 0; tick < ticks; tick++) {
                long due = began + tick * (1_000_000_000L / TICKS_PER_SECOND);
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                if (tick == warmUpTicks) {
                    asking.cancel(true);
                    ours.startUsage();
                }
                for (int i = 1; i < EVENTS_PER_SECOND / TICKS_PER_SECOND; i++) {
                    producer.send(Load.answer(
                            EventsBenchmark.TOPIC,
                            random,
                            Load.learner(random.nextInt(Load.learners(load.measured()))),
                            Load.item(random.nextInt(Load.CARDS_PER_LEARNER)),
                            now()));
                }
                if (tick % TICKS_PER_PROBE == 0) {
                    int number = tick / TICKS_PER_PROBE;
                    String item = "probe-" + number;
                    int learner = number % PROBING_LEARNERS;
                    long at = System.nanoTime();
                    producer.send(Load.answer(EventsBenchmark.TOPIC, random, "probe-" + learner, item, now()));
                    Future<Double> seen = threads.submit(() -> untilVisible(item, tokens.get(learner), at));
                    if (tick >= warmUpTicks) {
                        probes.add(seen);
                    }
                } else {
                    producer.send(Load.answer(
                            EventsBenchmark.TOPIC,
                            random,
                            Load.learner(random.nextInt(Load.learners(load.measured()))),
                            Load.item(random.nextInt(Load.CARDS_PER_LEARNER)),
                            now()));
                }
                sent += EVENTS_PER_SECOND / TICKS_PER_SECOND;
            }
            double rate = sent / ((System.nanoTime() - began) / 1e9);
            Contender.Cpu cpu = ours.endUsage((long) seconds * EVENTS_PER_SECOND);
            List<Double> millis = new ArrayList<>();
            for (Future<Double> probe : probes) {
                millis.add(probe.get());
            }
            Collections.sort(millis);
            return new Measured(
                    quantile(millis, 0.5), quantile(millis, 0.99), millis.getLast(), millis.size(), rate, cpu);
        }
    }

    /** Asks for a card that is not there, again and again, so that the way of a request is compiled when it counts. */
    private @Nullable Void warmUp(String token) throws IOException {
        try {
            while (true) {
                client.send(request("none", token), HttpResponse.BodyHandlers.discarding());
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException enough) {
            return null;
        }
    }

    private HttpRequest request(String item, String token) {
        return HttpRequest.newBuilder(URI.create(service.url() + "/api/learning/cards/" + item + "?history=1"))
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(10))
                .build();
    }

    private double untilVisible(String item, String token, long sentAt) throws IOException, InterruptedException {
        HttpRequest request = request(item, token);
        while (true) {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            long elapsed = System.nanoTime() - sentAt;
            if (status == 200) {
                return elapsed / 1e6;
            }
            if (status != 404 || elapsed > LIMIT.toNanos()) {
                throw new IllegalStateException(
                        "asked for a card, the answer after " + elapsed / 1_000_000 + " ms is " + status);
            }
            Thread.sleep(PAUSE);
        }
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    /** The value that at least this part of the sorted values does not exceed. */
    private static double quantile(List<Double> sorted, double part) {
        return sorted.get((int) Math.ceil(part * sorted.size()) - 1);
    }
}
