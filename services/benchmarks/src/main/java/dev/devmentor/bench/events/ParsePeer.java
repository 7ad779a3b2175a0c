package dev.devmentor.bench.events;

import dev.devmentor.parts.JavaRuntime;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** One run of {@link ParseOnly} in a process of its own. */
final class ParsePeer {
    private ParsePeer() {}

    /**
     * Reads all records of some topics.
     *
     * @param warmUp records that are read before the clock runs
     * @param measured records that are read while it does
     * @return events per second
     */
    static double measure(Parts parts, Admin admin, Collection<String> topics, int warmUp, int measured)
            throws IOException, InterruptedException, ExecutionException {
        Path log = parts.home().resolve("parse-only.log");
        List<String> command = new ArrayList<>();
        command.add(JavaRuntime.java());
        command.addAll(EventsBenchmark.JVM);
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ParseOnly.class.getName(),
                parts.kafka().bootstrapServers(),
                String.join(",", topics),
                String.valueOf(warmUp),
                String.valueOf(measured)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        String line;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            line = out.readLine();
        }
        if (process.waitFor() != 0 || line == null) {
            throw new IllegalStateException("the consumer that only parses failed");
        }
        new GroupProgress(admin, ParseOnly.GROUP, topics).forget();
        String[] result = line.split(" ");
        return Long.parseLong(result[1]) * 1e9 / Long.parseLong(result[0]);
    }
}
