package dev.devmentor.bench.gateway;

import dev.devmentor.bench.BenchmarkFailed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** wrk, closed loop: as many requests as go through, each with the next token. */
final class Wrk {
    private static final int CONNECTIONS = 64;
    private static final int THREADS = 2;
    private static final String SCRIPT = """
            local count = 0
            function setup(thread)
              thread:set("id", count)
              count = count + 1
            end
            function init(args)
              requests = {}
              for token in io.lines(os.getenv("BENCH_TOKENS")) do
                requests[#requests + 1] = wrk.format("GET", nil, { ["Authorization"] = "Bearer " .. token })
              end
              at = math.floor(#requests / 2) * id
            end
            function request()
              at = at % #requests + 1
              return requests[at]
            end
            function done(summary, latency, all)
              local e = summary.errors
              io.write(string.format("RESULT %d %d %d %d\\n", summary.requests, summary.duration, e.status,
                e.connect + e.read + e.write + e.timeout))
            end
            """;
    private static final Pattern RESULT = Pattern.compile("RESULT (\\d+) (\\d+) (\\d+) (\\d+)");
    private static final Pattern STUB = Pattern.compile("\\n\\s*\\d+ \\d+ (\\d+)");

    private final Path program;
    private final Path script;
    private final Path tokens;
    private final int origin;
    private final HttpClient client = HttpClient.newHttpClient();

    /** @param origin whose count of requests has to agree */
    Wrk(Path program, Path home, Path tokens, int origin) throws IOException {
        this.program = program;
        this.tokens = tokens;
        this.origin = origin;
        script = Files.writeString(home.resolve("tokens.lua"), SCRIPT);
    }

    /** Requests per second that were answered with 200 by the origin. */
    double run(String url, int seconds) throws IOException, InterruptedException, BenchmarkFailed {
        long before = originRequests();
        ProcessBuilder builder = new ProcessBuilder(
                        program.toString(),
                        "-t" + THREADS,
                        "-c" + CONNECTIONS,
                        "-d" + seconds + "s",
                        "-s",
                        script.toString(),
                        url)
                .redirectErrorStream(true);
        builder.environment().put("BENCH_TOKENS", tokens.toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        Matcher result = RESULT.matcher(output);
        if (!result.find()) {
            throw new BenchmarkFailed("wrk says: " + output);
        }
        long answered = Long.parseLong(result.group(1)) - Long.parseLong(result.group(3));
        long served = originRequests() - before;
        if (Long.parseLong(result.group(3)) > 0) {
            System.err.printf("  %s answers of %s were no 200%n", result.group(3), result.group(1));
        }
        if (served < answered) {
            throw new BenchmarkFailed("the origin has seen " + served + " of " + answered + " requests");
        }
        return answered * 1e6 / Long.parseLong(result.group(2));
    }

    private long originRequests() throws IOException, InterruptedException, BenchmarkFailed {
        String status = client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + origin + "/stub"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        Matcher requests = STUB.matcher(status);
        if (!requests.find()) {
            throw new BenchmarkFailed("the origin does not count: " + status);
        }
        return Long.parseLong(requests.group(1));
    }
}
