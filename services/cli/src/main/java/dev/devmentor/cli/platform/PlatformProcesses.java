package dev.devmentor.cli.platform;

import dev.devmentor.parts.LocalKafka;
import dev.devmentor.parts.LocalPart;
import dev.devmentor.parts.LocalPostgres;
import dev.devmentor.parts.LocalRedis;
import dev.devmentor.parts.ManagedProcess;
import dev.devmentor.parts.PartPlace;
import dev.devmentor.parts.PartsDirectory;
import dev.devmentor.parts.Ports;
import dev.devmentor.parts.PrivateFiles;
import dev.devmentor.parts.ProcessPart;
import dev.devmentor.parts.ProcessRecord;
import dev.devmentor.parts.Processes;
import dev.devmentor.parts.TopicDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All processes of one platform, made from the wiring in {@link Platform}. */
final class PlatformProcesses {
    private final Home home;
    private final LocalKafka kafka;
    private final LocalPostgres postgres;
    private final LocalRedis redis;
    private final List<ServiceProcess> services;
    private final List<ProcessPart> former;

    PlatformProcesses(Home home, int offset) {
        this.home = home;
        PartsDirectory parts = PartsDirectory.fromEnvironment();
        kafka = new LocalKafka(parts, home.place("kafka"), Platform.KAFKA_PORT + offset);
        postgres = new LocalPostgres(parts, home.place("postgres"), Platform.POSTGRES_PORT + offset);
        redis = new LocalRedis(parts, home.place("redis"), Platform.REDIS_PORT + offset);
        services = Platform.SERVICES.stream()
                .map(service -> new ServiceProcess(home, service, offset, postgres))
                .toList();
        former = Platform.FORMER.stream()
                .map(name -> (ProcessPart) new FormerPart(name, home.place(name)))
                .toList();
    }

    LocalKafka kafka() {
        return kafka;
    }

    LocalPostgres postgres() {
        return postgres;
    }

    /** The auth service, without which no service accepts anybody. */
    ServiceProcess auth() {
        return services.stream()
                .filter(service -> service.name().equals(Platform.AUTH))
                .findFirst()
                .orElseThrow();
    }

    /** What services stand on. */
    List<ProcessPart> parts() {
        return List.of(kafka, postgres, redis);
    }

    List<ServiceProcess> services() {
        return services;
    }

    /** In the order of starting. */
    List<ProcessPart> all() {
        return Stream.concat(parts().stream(), services.stream()).toList();
    }

    /** The order in which they may go: services before what they stand on. Among themselves services get on without one another. */
    List<List<ProcessPart>> stoppingOrder() {
        List<ProcessPart> users = new ArrayList<>(services);
        users.addAll(former);
        return List.of(users, List.of(kafka), List.of(redis, postgres));
    }

    /** Databases, roles and topics of all services; what is there already is kept. */
    void prepareForServices() {
        Map<String, TopicDefinition> topics = new LinkedHashMap<>();
        for (ServiceProcess service : services) {
            ServiceDefinition definition = service.service();
            String database = definition.database();
            if (database != null) {
                postgres.createDatabaseAndRole(database, database, ServiceSecrets.databasePassword(home, definition));
            }
            definition.topics().forEach(topic -> topics.putIfAbsent(topic.name(), topic));
        }
        createTopics(topics.values());
    }

    private void createTopics(Collection<TopicDefinition> topics) {
        kafka.createTopics(topics);
    }

    /** Whoever listens on a port that we need: the name of ours, and what the system says about the holder. */
    static Map<String, String> portConflicts(int offset) {
        Map<String, String> conflicts = new LinkedHashMap<>();
        Platform.ports().forEach((name, base) -> {
            int port = base + offset;
            if (!Ports.isFree(port)) {
                String holder = Ports.holder(port)
                        .map(Ports.Holder::toString)
                        .orElse("a process that may not be looked at (another user's?)");
                conflicts.put(name, "port " + port + " (" + name + ") is held by " + holder);
            }
        });
        return conflicts;
    }

    /** Names of all processes that a record says are running, in the order in which they may go. */
    List<String> recordedAlive() {
        return stoppingOrder().stream()
                .flatMap(List::stream)
                .filter(part -> ProcessRecord.read(part.place().record())
                        .filter(ProcessRecord::isAlive)
                        .isPresent())
                .map(LocalPart::name)
                .toList();
    }

    /** Whether everything runs that was started. */
    static boolean allAlive(Home home, RunningState state) {
        return new PlatformProcesses(home, state.offset())
                .recordedAlive()
                .containsAll(state.took().keySet());
    }

    /** Stops whatever the records say is running, in order; returns the names of what ran. */
    List<String> stopRecorded() {
        Trainer.stop(home);
        List<String> stopped = new ArrayList<>();
        for (List<ProcessPart> together : stoppingOrder()) {
            List<Thread> threads = new ArrayList<>();
            for (ProcessPart part : together) {
                if (part.attach()) {
                    stopped.add(part.name());
                    threads.add(Thread.ofVirtual().start(part::stop));
                } else {
                    // Its pid may be a stranger's one day, and scripts/devmentor looks at nothing but the pid.
                    ProcessRecord.forget(part.place().record());
                }
            }
            for (Thread thread : threads) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
        return stopped;
    }

    /** A process that runs beside the platform and may be killed at any time. */
    static final class Trainer {
        private static final String NAME = "trainer";

        private Trainer() {}

        static void start(Home home) {
            stop(home);
            PartPlace place = home.place(NAME);
            List<String> command = new ArrayList<>(List.of("nice", "-n", "19"));
            command.addAll(OwnJvm.command(home, "-Xmx64m", place.tmp()));
            command.add("train");
            PrivateFiles.directory(place.tmp());
            ManagedProcess.start(new ManagedProcess.Plan(
                    NAME,
                    command,
                    Map.of("DEVMENTOR_HOME", home.directory().toString()),
                    home.run(),
                    place.log(),
                    place.record()));
        }

        static void stop(Home home) {
            PartPlace place = home.place(NAME);
            ManagedProcess.attach(place.record(), place.log()).ifPresent(running -> {
                running.kill9();
                running.stop(Duration.ZERO);
            });
            ProcessRecord.forget(place.record());
            // Had the trainer itself been killed, what it was training would still run.
            List<Path> places = new ArrayList<>(List.of(kafkaScratch(home)));
            Platform.SERVICES.forEach(
                    service -> places.add(servicePlace(home, service).data()));
            places.forEach(training -> Processes.signal("KILL", Processes.workingIn(training)));
        }

        static Path kafkaScratch(Home home) {
            return home.run().resolve("kafka-training");
        }

        static PartPlace servicePlace(Home home, ServiceDefinition service) {
            return PartPlace.in(home.run().resolve("service-training"), service.name() + "-training");
        }
    }
}
