package dev.devmentor.bench.events;

import dev.devmentor.parts.JavaRuntime;
import dev.devmentor.parts.ManagedProcess;
import dev.devmentor.parts.PartPlace;
import dev.devmentor.parts.PrivateFiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** One run of {@link StreamsApp} in a process and with an application id of its own. */
final class StreamsPeer {
    private static final long LIMIT_SECONDS = 600;

    private StreamsPeer() {}

    /** One run. */
    record Measured(double eventsPerSecond, double micros, double kafkaMicros) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%.0f events/s; CPU per event: application %.1f µs, Kafka %.1f µs",
                    eventsPerSecond,
                    micros,
                    kafkaMicros);
        }
    }

    static Measured measure(Parts parts, Admin admin, Options options, Load load, int run) throws InterruptedException {
        String application = "bench-streams-" + run;
        PartPlace place = PartPlace.in(parts.home(), application);
        PrivateFiles.directory(place.data());
        PrivateFiles.directory(place.tmp());
        List<String> command = new ArrayList<>();
        command.add(JavaRuntime.java());
        command.addAll(EventsBenchmark.JVM);
        command.addAll(options.streamsFlags);
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + place.tmp(),
                "-cp",
                System.getProperty("java.class.path"),
                StreamsApp.class.getName(),
                parts.kafka().bootstrapServers(),
                application,
                EventsBenchmark.TOPIC,
                place.data().resolve("state").toString()));
        ManagedProcess process = parts.owned(ManagedProcess.start(new ManagedProcess.Plan(
                application, command, Map.of(), place.data(), place.log(), place.record())));
        try {
            GroupProgress progress = new GroupProgress(admin, application, EventsBenchmark.TOPIC);
            GroupProgress.At from = progress.await(load.warmUp(), LIMIT_SECONDS, process::isAlive);
            double cpu = CpuTime.ofTree(process.pid());
            double kafka = CpuTime.ofTree(parts.kafka().pid());
            GroupProgress.At to = progress.await(load.total(), LIMIT_SECONDS, process::isAlive);
            long events = to.records() - from.records();
            return new Measured(
                    events * 1e9 / (to.nanoTime() - from.nanoTime()),
                    (CpuTime.ofTree(process.pid()) - cpu) * 1e6 / events,
                    (CpuTime.ofTree(parts.kafka().pid()) - kafka) * 1e6 / events);
        } finally {
            process.stop(Duration.ofSeconds(30));
            PrivateFiles.deleteTree(place.data());
        }
    }
}
