package dev.devmentor.bench.gateway;

import dev.devmentor.bench.Benchmark;
import dev.devmentor.bench.BenchmarkFailed;
import dev.devmentor.bench.Report;
import dev.devmentor.parts.LocalRedis;
import dev.devmentor.parts.LocalService;
import dev.devmentor.parts.PartFailed;
import dev.devmentor.parts.PartPlace;
import dev.devmentor.parts.PartsDirectory;
import dev.devmentor.parts.Ports;
import dev.devmentor.parts.PrivateFiles;
import dev.devmentor.parts.issuer.IssuerKey;
import dev.devmentor.parts.issuer.LocalIssuer;
import dev.devmentor.parts.issuer.TokenMinter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * {@code scripts/bench gateway}: requests through the gateway as shipped, with tokens checked and limits on, beside nginx as a plain
 * proxy, in turns to the same origin; then the time that each adds at a fixed rate.
 */
public final class GatewayBenchmark implements Benchmark {
    private static final int TOKENS = 5_000;
    private static final int RATE = 2_000;
    private static final String PATH = "/api/bench/item";
    private static final String PATH_WITHOUT_LIMITS = "/api/bench-free/item";
    private static final String USAGE =
            "scripts/bench gateway [--rounds N] [--seconds N] [--flag JVM-FLAG]... (defaults: 5 rounds of 6 s)";

    private int rounds = 5;
    private int seconds = 6;
    private final List<String> flags = new ArrayList<>(List.of("-Xmx512m"));

    private record Round(double nginx, double gateway, double withoutLimits) {
        double ratio() {
            return gateway / nginx;
        }

        double limiterCost() {
            return 100 * (1 - gateway / withoutLimits);
        }
    }

    private record Added(OpenLoop.Latency direct, OpenLoop.Latency nginx, OpenLoop.Latency gateway) {}

    @Override
    public Report run(Path root, List<String> arguments) throws Exception {
        options(arguments);
        Path nginx = program("nginx");
        Path wrk = program("wrk");
        PartsDirectory parts = System.getProperty("devmentor.parts") == null
                ? new PartsDirectory(
                        root.toAbsolutePath().normalize().resolve("services/platform-parts/target/parts"),
                        PartsDirectory.defaultCache())
                : PartsDirectory.fromEnvironment();
        Path home = Files.createTempDirectory("devmentor-bench-");
        List<Integer> ports = Ports.free(4);
        LocalRedis redis = new LocalRedis(parts, PartPlace.in(home, "redis"), ports.get(0));
        LocalService gateway = LocalService.of(root, "api-gateway", PartPlace.in(home, "gateway"), ports.get(1));
        Thread hook = new Thread(() -> stop(gateway, redis, home), "bench-remove");
        Runtime.getRuntime().addShutdownHook(hook);
        try (LocalIssuer issuer = LocalIssuer.start(0, IssuerKey.generate());
                Nginx origin = Nginx.origin(nginx, home.resolve("origin"), ports.get(2), "x".repeat(200));
                Nginx proxy = Nginx.proxy(nginx, home.resolve("proxy"), ports.get(3), origin.port())) {
            redis.start();
            configure(gateway, redis, issuer, origin);
            say("minting %d tokens", TOKENS);
            List<String> tokens = tokens(issuer);
            Path file = Files.write(home.resolve("tokens"), tokens);
            gateway.start();
            Wrk load = new Wrk(wrk, home, file, origin.port());
            return measure(load, gateway, proxy, origin, tokens);
        } catch (PartFailed e) {
            throw new BenchmarkFailed(String.valueOf(e.getMessage()));
        } finally {
            Runtime.getRuntime().removeShutdownHook(hook);
            stop(gateway, redis, home);
        }
    }

    private void options(List<String> arguments) throws BenchmarkFailed {
        try {
            for (int i = 0; i < arguments.size(); i += 2) {
                String value = arguments.get(i + 1);
                switch (arguments.get(i)) {
                    case "--rounds" -> rounds = Integer.parseInt(value);
                    case "--seconds" -> seconds = Integer.parseInt(value);
                    case "--flag" -> flags.add(value);
                    default -> throw new BenchmarkFailed(USAGE);
                }
            }
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new BenchmarkFailed(USAGE);
        }
        if (rounds < 1 || seconds < 1) {
            throw new BenchmarkFailed(USAGE);
        }
    }

    private static Path program(String name) throws BenchmarkFailed {
        String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
        for (String directory : path.split(File.pathSeparator)) {
            Path program = Path.of(directory, name);
            if (Files.isExecutable(program)) {
                return program;
            }
        }
        throw new BenchmarkFailed(name + " is missing; on Debian: apt-get install nginx-light wrk");
    }

    private void configure(LocalService gateway, LocalRedis redis, LocalIssuer issuer, Nginx origin) {
        gateway.withJvmFlags(flags.toArray(String[]::new))
                .with("QUARKUS_REDIS_HOSTS", redis.url())
                .with("QUARKUS_OIDC_AUTH_SERVER_URL", issuer.url())
                .with("DEVMENTOR_GATEWAY_IDENTITY_ISSUER", issuer.url())
                .withSystemProperty("devmentor.gateway.services.bench.instances", "http://127.0.0.1:" + origin.port())
                .withSystemProperty("devmentor.gateway.services.bench.health-path", "none");
        route(gateway, "bench", "/api/bench", "CALLER");
        route(gateway, "bench-free", "/api/bench-free", "NONE");
    }

    private static void route(LocalService gateway, String name, String prefix, String limits) {
        String property = "devmentor.gateway.routes." + name + ".";
        gateway.withSystemProperty(property + "prefix", prefix)
                .withSystemProperty(property + "service", "bench")
                .withSystemProperty(property + "access", "TOKEN")
                .withSystemProperty(property + "limits", limits);
    }

    private static List<String> tokens(LocalIssuer issuer) {
        TokenMinter minter = issuer.minter();
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < TOKENS; i++) {
            tokens.add(minter.mint(
                    TokenMinter.Claims.learner("bench-" + i).withTier("premium").withLifetime(Duration.ofHours(6))));
        }
        return tokens;
    }

    private Report measure(Wrk load, LocalService gateway, Nginx proxy, Nginx origin, List<String> tokens)
            throws IOException, InterruptedException, BenchmarkFailed {
        String limited = gateway.url() + PATH;
        String free = gateway.url() + PATH_WITHOUT_LIMITS;
        String plain = "http://127.0.0.1:" + proxy.port() + PATH;
        say("warming up");
        for (int i = 0; i < 3; i++) {
            load.run(limited, seconds);
            load.run(free, seconds);
        }
        load.run(plain, 2);
        List<Round> all = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            Round round = new Round(load.run(plain, seconds), load.run(limited, seconds), load.run(free, seconds));
            all.add(round);
            say(
                    "round %d: nginx %.0f/s, gateway %.0f/s (%.2f), without limits %.0f/s",
                    i + 1, round.nginx(), round.gateway(), round.ratio(), round.withoutLimits());
        }
        List<Added> added = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Added round = new Added(
                    OpenLoop.measure(origin.port(), PATH, tokens, RATE, seconds),
                    OpenLoop.measure(proxy.port(), PATH, tokens, RATE, seconds),
                    OpenLoop.measure(gateway.port(), PATH, tokens, RATE, seconds));
            say(
                    "at %d/s: origin %.2f ms, nginx %.2f ms, gateway %.2f ms; p99 %.2f, %.2f, %.2f ms",
                    RATE,
                    round.direct().p50(),
                    round.nginx().p50(),
                    round.gateway().p50(),
                    round.direct().p99(),
                    round.nginx().p99(),
                    round.gateway().p99());
            if (i > 0) {
                added.add(round);
            }
        }
        return report(all, added);
    }

    private Report report(List<Round> all, List<Added> added) {
        double gateway = median(all, Round::gateway);
        double nginx = median(all, Round::nginx);
        double ratio = median(all, Round::ratio);
        double limiter = median(all, Round::limiterCost);
        double p50 = median(added, a -> a.gateway().p50() - a.direct().p50());
        double p99 = median(added, a -> a.gateway().p99() - a.direct().p99());
        double nginxP50 = median(added, a -> a.nginx().p50() - a.direct().p50());
        double nginxP99 = median(added, a -> a.nginx().p99() - a.direct().p99());
        return new Report("", "requests/s", "added p50", "added p99")
                .row(
                        "nginx, plain proxy",
                        number("%.0f", nginx),
                        number("%.2f ms", nginxP50),
                        number("%.2f ms", nginxP99))
                .row(
                        "API gateway, tokens and limits",
                        number("%.0f", gateway),
                        number("%.2f ms", p50),
                        number("%.2f ms", p99))
                .row("API gateway, tokens only", number("%.0f", median(all, Round::withoutLimits)), "", "")
                .note(
                        "wrk, 64 connections, %d tokens, %d rounds of %d s in turns; added: to the origin's own time, at %d requests/s in an open loop.",
                        TOKENS, rounds, seconds, RATE)
                .value("gateway_rps", Math.round(gateway))
                .value("nginx_rps", Math.round(nginx))
                .value("ratio", rounded(ratio, 1000))
                .value("p50_added_ms", rounded(p50, 1000))
                .value("p99_added_ms", rounded(p99, 1000))
                .value("limiter_cost_pct", rounded(limiter, 10))
                .value("nginx_p50_added_ms", rounded(nginxP50, 1000))
                .value("nginx_p99_added_ms", rounded(nginxP99, 1000))
                .value("rounds", rounds)
                .value("cores", Runtime.getRuntime().availableProcessors())
                .value("java", Runtime.version().toString());
    }

    private static void stop(LocalService gateway, LocalRedis redis, Path home) {
        gateway.stop();
        redis.stop();
        PrivateFiles.deleteTree(home);
    }

    private static <T> double median(List<T> values, ToDoubleFunction<T> of) {
        double[] sorted = values.stream().mapToDouble(of).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double rounded(double value, double parts) {
        return Math.round(value * parts) / parts;
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static void say(String format, Object... arguments) {
        System.err.printf(Locale.ROOT, format + "%n", arguments);
    }
}
