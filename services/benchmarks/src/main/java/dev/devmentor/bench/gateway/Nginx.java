package dev.devmentor.bench.gateway;

import dev.devmentor.bench.BenchmarkFailed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An nginx of our own with one server, in a directory that goes away. */
final class Nginx implements AutoCloseable {
    private static final String CONFIGURATION = """
            daemon off;
            worker_processes auto;
            pid %1$s/nginx.pid;
            error_log %1$s/error.log;
            events { worker_connections 4096; }
            http {
              access_log off;
              client_body_temp_path %1$s/body;
              proxy_temp_path %1$s/proxy;
              fastcgi_temp_path %1$s/fastcgi;
              uwsgi_temp_path %1$s/uwsgi;
              scgi_temp_path %1$s/scgi;
              tcp_nodelay on;
              keepalive_timeout 75s;
              keepalive_requests 100000000;
              %2$s
            }
            """;
    private static final String ORIGIN = """
            default_type application/json;
              server {
                listen 127.0.0.1:%d backlog=4096;
                location /stub { stub_status; }
                location / { return 200 '%s'; }
              }""";
    /** What a careful admin would write: connections to the origin are kept, the usual headers are set. */
    private static final String PROXY = """
            upstream origin { server 127.0.0.1:%2$d; keepalive 128; keepalive_requests 100000000; }
              server {
                listen 127.0.0.1:%1$d backlog=4096;
                location / {
                  proxy_pass http://origin;
                  proxy_http_version 1.1;
                  proxy_set_header Connection "";
                  proxy_set_header Host $host;
                  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                  proxy_set_header X-Forwarded-Proto $scheme;
                  proxy_set_header X-Request-Id $request_id;
                }
              }""";

    private static final long START_SECONDS = 10;

    private final Process process;
    private final int port;

    private Nginx(Path program, Path home, int port, String servers) throws IOException, BenchmarkFailed {
        this.port = port;
        Files.createDirectories(home);
        Path configuration = Files.writeString(home.resolve("nginx.conf"), CONFIGURATION.formatted(home, servers));
        process = new ProcessBuilder(program.toString(), "-p", home.toString(), "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("out.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "bench-nginx"));
        await(home);
    }

    /** Answers everything with a body of this. */
    static Nginx origin(Path program, Path home, int port, String body) throws IOException, BenchmarkFailed {
        return new Nginx(program, home, port, ORIGIN.formatted(port, body));
    }

    /** Takes everything to the origin. */
    static Nginx proxy(Path program, Path home, int port, int origin) throws IOException, BenchmarkFailed {
        return new Nginx(program, home, port, PROXY.formatted(port, origin));
    }

    private void await(Path home) throws IOException, BenchmarkFailed {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() < end && process.isAlive()) {
            try (Socket open = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (open.isConnected()) {
                    return;
                }
            } catch (IOException notYet) {
                Thread.onSpinWait();
            }
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        close();
        List<String> log = Files.readAllLines(home.resolve("out.log"));
        throw new BenchmarkFailed("nginx does not start: " + String.join(" ", log));
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
