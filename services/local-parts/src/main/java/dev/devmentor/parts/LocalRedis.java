package dev.devmentor.parts;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Redis on 127.0.0.1 with an append-only file. */
public final class LocalRedis extends ProcessPart {
    private final PartsDirectory parts;

    public LocalRedis(PartsDirectory parts, PartPlace place, int port) {
        super("redis", place, port);
        this.parts = parts;
    }

    @Override
    public void start() {
        PrivateFiles.directory(place().data());
        clearLeftovers(place().data());
        List<String> command = List.of(
                program(parts)
                        .orElseThrow(() -> new PartFailed("Redis cannot run here: the one that is brought along needs"
                                + " libssl.so.3, and there is no redis-server on the PATH (install redis-server)"))
                        .toString(),
                "--port",
                String.valueOf(port()),
                "--bind",
                "127.0.0.1",
                "--dir",
                place().data().toString(),
                "--appendonly",
                "yes",
                "--save",
                "",
                "--daemonize",
                "no");
        launch(
                new ManagedProcess.Plan(name(), command, Map.of(), place().data(), place().log(), place().record()),
                this::answers);
    }

    @Override
    protected void stop(ManagedProcess running) {
        running.stop(Duration.ofSeconds(10));
    }

    public String url() {
        return "redis://127.0.0.1:" + port();
    }

    /** The server that runs on this machine: the one brought along, or else the one on the PATH. */
    public static Optional<Path> program(PartsDirectory parts) {
        List<Path> candidates = new ArrayList<>();
        try {
            candidates.add(parts.redisServer());
        } catch (PartFailed e) {
            // No program for this system in the jar: the one on the PATH is left.
        }
        String path = System.getenv().getOrDefault("PATH", "");
        for (String directory : path.split(File.pathSeparator)) {
            Path program = Path.of(directory, "redis-server");
            if (Files.isExecutable(program)) {
                candidates.add(program);
            }
        }
        return candidates.stream().filter(LocalRedis::runs).findFirst();
    }

    private static boolean runs(Path program) {
        try {
            Process process = new ProcessBuilder(program.toString(), "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(2000);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            return "+PONG".equals(line);
        } catch (IOException e) {
            return false;
        }
    }
}
