package dev.devmentor.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devmentor.events.Envelope;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.parts.EventTopics;
import dev.devmentor.parts.LocalService;
import dev.devmentor.parts.PartPlace;
import dev.devmentor.parts.Ports;
import dev.devmentor.testkit.PlatformResource;
import dev.devmentor.testkit.TestPlatform;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * A service as it is shipped, on parts of its own, asked over HTTP. Runs the JVM build, or with {@code
 * -Ddevmentor.executable=FILE} a native executable; {@code scripts/native} does the latter.
 */
final class SmokedService implements AutoCloseable {
    static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final TestPlatform platform;
    private final LocalService service;
    private final boolean isNative;
    private final long readyMillis;
    private final long idleMiB;

    SmokedService(String name, List<String> consumed, List<String> produced) throws Exception {
        this(name, consumed, produced, (parts, settings) -> {});
    }

    /** @param more what this service needs to be told beside what all are told */
    SmokedService(
            String name, List<String> consumed, List<String> produced, BiConsumer<TestPlatform, LocalService> more)
            throws Exception {
        Path root = Path.of(System.getProperty("devmentor.root"));
        String executable = System.getProperty("devmentor.executable");
        isNative = executable != null;
        platform = TestPlatform.exclusive();
        platform.resetTopics(EventTopics.of(name, consumed, produced));
        TestPlatform.Database database = platform.newDatabase();
        service = LocalService.of(root, name, PartPlace.in(platform.home(), "smoke"), Ports.free())
                .withKafka(platform.kafka().bootstrapServers())
                .withDatabase(database.jdbcUrl(), database.username(), database.password())
                .withIssuer(platform.issuer().url())
                .with("DEVMENTOR_ERASURE_KEY", PlatformResource.ERASURE_KEY);
        more.accept(platform, service);
        if (executable != null) {
            service.withExecutable(Path.of(executable));
        }
        long began = System.nanoTime();
        service.start();
        readyMillis = (System.nanoTime() - began) / 1_000_000;
        idleMiB = residentMiB();
    }

    TestPlatform platform() {
        return platform;
    }

    /** Says how fast it started and what it takes. */
    void report(long loadedMiB, int events) throws Exception {
        String report = String.format(
                Locale.ROOT,
                "%s: ready after %d ms (%s), RSS %d MiB idle, %d MiB after %d events%n",
                isNative ? "native" : "jvm",
                readyMillis,
                startedIn(service.log()),
                idleMiB,
                loadedMiB,
                events);
        String reportFile = System.getProperty("devmentor.smoke.report");
        if (reportFile != null) {
            Files.writeString(Path.of(reportFile), report);
        }
        System.out.print(report);
    }

    static Map<String, String> headers(String type, String id) {
        Map<String, String> headers = new LinkedHashMap<>();
        EventEncoder.binaryHeaders(new Envelope(id, "/smoke", type, null, null, null, null, null))
                .forEach((name, value) -> headers.put(name, new String(value, StandardCharsets.UTF_8)));
        return headers;
    }

    JsonNode get(String path, String token) throws Exception {
        HttpResponse<String> response = send("GET", path, token, null);
        assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    JsonNode post(String path, String token, String body, int status) throws Exception {
        HttpResponse<String> response = send("POST", path, token, body);
        assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(status);
        return JSON.readTree(response.body());
    }

    JsonNode put(String path, String token, String body) throws Exception {
        HttpResponse<String> response = send("PUT", path, token, body);
        assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    HttpResponse<String> send(String method, String path, String token, String body) throws Exception {
        return send(method, path, token, body, "application/json");
    }

    HttpResponse<String> send(String method, String path, String token, String body, String contentType)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service.url() + path))
                .header("Content-Type", contentType)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** The last line of what its own check of the state says. */
    JsonNode verified(String path) throws Exception {
        String said =
                send("POST", path, platform.tokens().operator(), null).body().strip();
        JsonNode last = JSON.readTree(said.substring(said.lastIndexOf('\n') + 1));
        assertThat(last.path("done").asBoolean()).as(said).isTrue();
        assertThat(last.path("mismatches").asLong())
                .as("differences from the log, and of the build's arithmetic from the tested one")
                .isZero();
        return last;
    }

    long residentMiB() throws Exception {
        for (String line : Files.readAllLines(Path.of("/proc/" + service.pid() + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
            }
        }
        return -1;
    }

    private static String startedIn(Path log) throws Exception {
        for (String line : Files.readAllLines(log)) {
            int at = line.indexOf("started in ");
            if (at >= 0) {
                return line.substring(at).replaceAll("s\\..*", "s");
            }
        }
        return "start time not logged";
    }

    @Override
    public void close() {
        service.stop();
        platform.close();
    }
}
