package dev.devmentor.auth.personaldata;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Asks a service for what it holds of a person, with that person's own token: nothing more can be had by it than by them. */
@ApplicationScoped
class ServiceClient {
    private static final String PATH = "/personal-data";
    private static final int BUFFER = 64 * 1024;

    private final ExportConfig config;
    private final HttpClient http;
    private final ScheduledExecutorService ends;

    ServiceClient(ExportConfig config) {
        this.config = config;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(config.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.ends = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("export-ends").factory());
    }

    @PreDestroy
    void close() {
        ends.shutdownNow();
        http.shutdownNow();
    }

    /** A part that could not be had. */
    private static final class Missing extends Exception {
        private static final long serialVersionUID = 1L;
        private final String reason;
        private final boolean passing;

        Missing(String reason, boolean passing) {
            super(reason, null, false, false);
            this.reason = reason;
            this.passing = passing;
        }
    }

    /**
     * Writes what a service gives into a file; a few attempts while that may help, all within the time of a part.
     *
     * @param cancelled asked again and again; once it is true, the part is missing
     */
    ExportPart fetch(String service, URI base, String token, Path file, BooleanSupplier cancelled) {
        long deadline = System.nanoTime() + config.partTimeout().toNanos();
        Duration pause = config.firstPause();
        for (int attempt = 1; ; attempt++) {
            try {
                return once(service, base, token, file, deadline, cancelled);
            } catch (Missing missing) {
                boolean again = missing.passing
                        && attempt < config.attempts()
                        && System.nanoTime() + pause.toNanos() < deadline
                        && !cancelled.getAsBoolean();
                if (!again) {
                    return ExportPart.missing(service, missing.reason);
                }
                LockSupport.parkNanos(pause.toNanos());
                pause = pause.multipliedBy(2);
            }
        }
    }

    private ExportPart once(String service, URI base, String token, Path file, long deadline, BooleanSupplier cancelled)
            throws Missing {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + PATH))
                .timeout(config.connectTimeout())
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/x-ndjson")
                .GET()
                .build();
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                int status = response.statusCode();
                if (status != 200) {
                    boolean passing = status == 429 || status == 502 || status == 503 || status == 504;
                    throw new Missing(status / 100 == 4 && !passing ? "refused" : "failed", passing);
                }
                return read(service, body, file, deadline, cancelled);
            }
        } catch (HttpTimeoutException silent) {
            throw new Missing("timeout", true);
        } catch (IOException unreachable) {
            throw new Missing("unreachable", true);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Missing("failed", false);
        }
    }

    private ExportPart read(String service, InputStream body, Path file, long deadline, BooleanSupplier cancelled)
            throws IOException, Missing {
        long left = Math.max(0, deadline - System.nanoTime());
        // Whoever sends a byte now and then would be read for ever.
        ScheduledFuture<?> end = ends.schedule(() -> closeQuietly(body), left, TimeUnit.NANOSECONDS);
        try (PartFile out = new PartFile(file, config.largestPart().asLongValue())) {
            byte[] buffer = new byte[BUFFER];
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                if (cancelled.getAsBoolean()) {
                    throw new Missing("cancelled", false);
                }
                out.write(buffer, 0, n);
            }
            out.flush();
            Map<String, Long> counts = LastLine.counts(file);
            if (counts == null) {
                throw cut(deadline);
            }
            return new ExportPart(service, "done", null, service + ".ndjson", out.bytes(), out.sha256(), counts);
        } catch (PartFile.TooLarge tooLarge) {
            throw new Missing("too-large", false);
        } catch (IOException broken) {
            throw cut(deadline);
        } finally {
            end.cancel(false);
        }
    }

    private static Missing cut(long deadline) {
        boolean late = System.nanoTime() - deadline >= 0;
        return new Missing(late ? "timeout" : "incomplete", !late);
    }

    private static void closeQuietly(InputStream body) {
        try {
            body.close();
        } catch (IOException closed) {
            // Whoever reads it notices.
            return;
        }
    }
}
