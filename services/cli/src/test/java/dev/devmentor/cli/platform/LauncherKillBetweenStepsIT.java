package dev.devmentor.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.devmentor.cli.platform.Cli.Done;
import dev.devmentor.cli.platform.Cli.Started;
import dev.devmentor.parts.Ports;
import dev.devmentor.parts.ProcessRecord;
import dev.devmentor.parts.Processes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher dies as by {@code kill -9} between every two durable steps, and the next one cleans up and ends well. Every
 * build tries a handful of points, and LauncherIT that the lists below are whole; {@code -Ddevmentor.long=true} tries all
 * of them, with the service that is shipped.
 */
class LauncherKillBetweenStepsIT {
    private static final boolean LONG = Boolean.getBoolean("devmentor.long");
    private static final JsonMapper JSON = new JsonMapper();
    private static final int DEMO_REVIEWS = 12_580;
    private static final String[] DETACHED = {"up", "--detach"};
    private static final String[] STAYING = {"up"};

    /** The launcher that leaves everything running takes its own record away. */
    private static final String HANDED_OVER = "launcher.process.forgotten";

    /** Of {@code up --detach} in an empty directory; parts start side by side, so the order is not fixed. */
    static final List<String> FIRST_START = List.of(
            "home.created",
            "launcher.locked",
            "leftovers.stopped",
            "VERSION.written",
            "VERSION.renamed",
            "launcher.process.written",
            "launcher.process.renamed",
            "server.properties.written",
            "server.properties.renamed",
            "kafka.storage-written",
            "kafka.storage-renamed",
            "kafka.started",
            "kafka.answers",
            "superuser.password.written",
            "superuser.password.renamed",
            "initdb.password.written",
            "initdb.password.renamed",
            "postgres.initdb-started",
            "postgres.initialised",
            "postgres.cluster-renamed",
            "postgres.started",
            "postgres.answers",
            "redis.started",
            "redis.answers",
            "auth-service.database-password.written",
            "auth-service.database-password.renamed",
            "learning-service.database-password.written",
            "learning-service.database-password.renamed",
            "pbml-service.database-password.written",
            "pbml-service.database-password.renamed",
            "postgres.role-written",
            "postgres.database-created",
            "postgres.database-closed",
            "kafka.topics-created",
            "kafka.topics-led",
            "erasure.key.written",
            "erasure.key.renamed",
            "auth-key-encryption.key.written",
            "auth-key-encryption.key.renamed",
            "auth-audit.key.written",
            "auth-audit.key.renamed",
            "auth-secret.key.written",
            "auth-secret.key.renamed",
            "auth-gateway.secret.written",
            "auth-gateway.secret.renamed",
            "auth-launcher.secret.written",
            "auth-launcher.secret.renamed",
            "demo.password.written",
            "demo.password.renamed",
            "auth-service.started",
            "auth-service.answers",
            "learning-service.started",
            "learning-service.answers",
            "pbml-service.started",
            "pbml-service.answers",
            "api-gateway.started",
            "api-gateway.answers",
            "platform.json.written",
            "platform.json.renamed",
            "import.locked",
            "imports.json.written",
            "imports.json.renamed",
            "import.sending:6",
            "import.sent",
            "import.applied",
            "imports.json.written:2",
            "imports.json.renamed:2",
            "launcher.process.forgotten");

    /** Of {@code up --detach} after {@code down}. */
    static final List<String> SECOND_START = List.of(
            "home.created",
            "launcher.locked",
            "leftovers.stopped",
            "launcher.process.written",
            "launcher.process.renamed",
            "server.properties.written",
            "server.properties.renamed",
            "kafka.started",
            "kafka.answers",
            "postgres.started",
            "postgres.answers",
            "redis.started",
            "redis.answers",
            "postgres.role-written",
            "postgres.database-closed",
            "kafka.topics-led",
            "auth-service.started",
            "auth-service.answers",
            "learning-service.started",
            "learning-service.answers",
            "pbml-service.started",
            "pbml-service.answers",
            "api-gateway.started",
            "api-gateway.answers",
            "platform.json.written",
            "platform.json.renamed",
            "launcher.process.forgotten");

    /** Of {@code down}. */
    static final List<String> DOWN = List.of(
            "home.created",
            "down.locked",
            "platform.json.forgotten",
            "auth-service.asked",
            "auth-service.stopped",
            "auth-service.process.forgotten",
            "learning-service.asked",
            "learning-service.stopped",
            "learning-service.process.forgotten",
            "pbml-service.asked",
            "pbml-service.stopped",
            "pbml-service.process.forgotten",
            "api-gateway.asked",
            "api-gateway.stopped",
            "api-gateway.process.forgotten",
            "kafka.asked",
            "kafka.stopped",
            "kafka.process.forgotten",
            "redis.asked",
            "redis.stopped",
            "redis.process.forgotten",
            "postgres.asked",
            "postgres.stopped",
            "postgres.process.forgotten");

    /** Whoever stops: also a launcher that is asked to end, and one that takes over. */
    private static final List<String> STOPPING = DOWN.subList(DOWN.indexOf("down.locked") + 1, DOWN.size());

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final List<Cli> clis = new ArrayList<>();
    private final long begin = System.nanoTime();
    private int deaths;

    @AfterEach
    void stop() throws IOException, InterruptedException {
        for (Cli cli : clis) {
            stopAll(cli);
        }
    }

    @Test
    void aHandfulOfDeathsOneAfterTheOtherLoseNothingAndDoubleNothing() throws Exception {
        Cli cli = fake("chain");
        Path linger = Files.createFile(directory.resolve("linger"));
        // Each takes up what the death before it left, and dies further on.
        dies(cli, "postgres.initialised", STAYING);
        dies(cli, "kafka.topics-created", STAYING);
        dies(cli, "import.sending:6", Map.of("FAKE_LINGER", linger.toString()), DETACHED);
        // Everything is alive still, and on its way to its end.
        dies(cli, "learning-service.asked", "down");
        Started next = cli.startDoomed("import.applied", with(cli, STAYING));
        next.awaitOutput("stopping what is left of it"
                + " (auth-service, learning-service, pbml-service, api-gateway, kafka, redis, postgres)");
        Files.delete(linger);
        cli.awaitDeath("import.applied", next);
        deaths++;
        endsWell(cli);
        stopAll(cli);
        passed("a handful of deaths, one after the other");
    }

    @Test
    @EnabledIfSystemProperty(named = "devmentor.long", matches = "true")
    void deathsAtAllPointsOfTheFirstStartOneAfterTheOther() throws Exception {
        // What a part does once is done by a death in another part that starts beside it.
        List<String> onceBeside = List.of(
                "server.properties.written",
                "superuser.password.written",
                "erasure.key.written",
                "auth-gateway.secret.written");
        Cli cli = fake("first");
        for (String point : FIRST_START) {
            if (onceBeside.contains(point)) {
                endsWell(cli);
                stopAll(cli);
                cli = fake(point);
            }
            // The ledger is written once only, whoever does it.
            String left = point.startsWith("imports.json") ? point.replace(":2", "") : point;
            dies(cli, left, point.equals(HANDED_OVER) ? DETACHED : STAYING);
        }
        endsWell(cli);
        stopAll(cli);
        passed("all points of the first start, one death after the other");
    }

    /** No process is started on the way, so all of it costs a few seconds. */
    @Test
    void dataThatIsMovedAsideStaysTogetherWhereverTheMoveIsCutOff() throws Exception {
        List<String> points = List.of(
                "aside.begun",
                "aside.data-moved",
                "aside.secrets-moved",
                "aside.VERSION-moved",
                "aside.renamed",
                "home.created:2");
        for (String point : LONG ? points : points.subList(1, 3)) {
            Cli cli = fake(point);
            Path before = Files.createDirectories(cli.home().resolve("data"));
            Files.writeString(before.resolve("kept"), "of before");
            Files.createDirectories(cli.home().resolve("secrets"));
            Files.writeString(cli.home().resolve("secrets/erasure.key"), "secret of before");
            Files.writeString(cli.home().resolve("VERSION"), "99\n");
            dies(cli, point, "up", "--fresh");
            dies(cli, "launcher.process.renamed", "up");

            try (Stream<Path> entries = Files.list(cli.home())) {
                assertThat(entries.map(entry -> entry.getFileName().toString()))
                        .describedAs(point)
                        .containsExactlyInAnyOrder("VERSION", "data", "data.old-1", "logs", "run", "secrets");
            }
            Path aside = cli.home().resolve("data.old-1");
            assertThat(aside.resolve("data/kept")).hasContent("of before");
            assertThat(aside.resolve("secrets/erasure.key")).hasContent("secret of before");
            assertThat(aside.resolve("VERSION")).hasContent("99");
            assertThat(cli.home().resolve("data")).isEmptyDirectory();
            assertThat(cli.home().resolve("secrets")).isEmptyDirectory();
        }
        passed("up --fresh", "data and secrets of before together, the new ones empty");
    }

    @Test
    @EnabledIfSystemProperty(named = "devmentor.long", matches = "true")
    void aDeathAtAnyPointOfTheFirstStart() throws Exception {
        for (String point : FIRST_START) {
            Cli cli = shipped(point);
            // What a launcher leaves that would have stayed is stopped; one that would have left it running is
            // relieved.
            dies(cli, point, FIRST_START.indexOf(point) % 2 == 0 || point.equals(HANDED_OVER) ? DETACHED : STAYING);
            endsWell(cli);
            stopAll(cli);
        }
        passed("the first start, " + FIRST_START.size() + " points");
    }

    @Test
    @EnabledIfSystemProperty(named = "devmentor.long", matches = "true")
    void aDeathAtAnyPointOfTheImportInEitherWayOfStarting() throws Exception {
        List<String> points = FIRST_START.subList(FIRST_START.indexOf("import.locked"), FIRST_START.size() - 1);
        for (String point : points) {
            Cli cli = shipped(point);
            dies(cli, point, FIRST_START.indexOf(point) % 2 == 0 ? STAYING : DETACHED);
            endsWell(cli);
            stopAll(cli);
        }
        passed("the import, the other way of starting, " + points.size() + " points");
    }

    @Test
    @EnabledIfSystemProperty(named = "devmentor.long", matches = "true")
    void aDeathAtAnyPointOfALaterStart() throws Exception {
        Cli cli = shipped("later");
        endsWell(cli);
        Map<String, String> secrets = secrets(cli);
        for (String point : SECOND_START) {
            stopAll(cli);
            dies(cli, point, DETACHED);
            endsWell(cli);
        }
        assertThat(secrets(cli)).isEqualTo(secrets);
        stopAll(cli);
        passed("a later start, " + SECOND_START.size() + " points");
    }

    @Test
    @EnabledIfSystemProperty(named = "devmentor.long", matches = "true")
    void aDeathAtAnyPointOfDown() throws Exception {
        Cli cli = shipped("down");
        for (String point : DOWN) {
            endsWell(cli);
            dies(cli, point, "down");
        }
        endsWell(cli);
        stopAll(cli);
        passed("down, " + DOWN.size() + " points");
    }

    @Test
    @EnabledIfSystemProperty(named = "devmentor.long", matches = "true")
    void aDeathAtAnyPointOfStoppingWhenItIsAskedToEnd() throws Exception {
        Cli cli = shipped("asked");
        for (String point : STOPPING) {
            endsWell(cli);
            stopAll(cli);
            Started asked = cli.startDoomed(point, with(cli, STAYING));
            asked.awaitOutput("Ctrl-C, or");
            Processes.signal("TERM", List.of(asked.process().pid()));
            cli.awaitDeath(point, asked);
            deaths++;
        }
        endsWell(cli);
        stopAll(cli);
        passed("a launcher that is asked to end, " + STOPPING.size() + " points");
    }

    @Test
    @EnabledIfSystemProperty(named = "devmentor.long", matches = "true")
    void aDeathAtAnyPointOfTakingOverWhatADeathLeft() throws Exception {
        Cli cli = shipped("over");
        List<String> points = STOPPING.subList(1, STOPPING.size());
        for (String point : points) {
            // Everything runs, and nobody has noted that it does.
            dies(cli, "platform.json.written", STAYING);
            dies(cli, point, STAYING);
        }
        endsWell(cli);
        stopAll(cli);
        passed("taking over, " + points.size() + " points");
    }

    @Test
    @EnabledIfSystemProperty(named = "devmentor.long", matches = "true")
    void aDeathWhileAPartIsStartedAgain() throws Exception {
        Cli cli = shipped("again");
        for (String point : List.of("learning-service.started:2", "kafka.started:2", "postgres.answers:2")) {
            Started launcher = cli.startDoomed(point, with(cli, STAYING));
            launcher.awaitOutput("Ctrl-C, or");
            String part = point.substring(0, point.indexOf('.'));
            Processes.signal(
                    "KILL",
                    List.of(ProcessRecord.read(cli.home().resolve("run/" + part + ".process"))
                            .orElseThrow()
                            .pid()));
            cli.awaitDeath(point, launcher);
            deaths++;
            endsWell(cli);
            stopAll(cli);
        }
        passed("starting again what died, 3 points");
    }

    /** With a cache that is empty: unpacking, Kafka's format, and the AOT caches of the background. */
    @Test
    @EnabledIfSystemProperty(named = "devmentor.long", matches = "true")
    void aDeathWhileTheCacheIsFilled() throws Exception {
        Path cache = directory.resolve("cache");
        Map<String, String> ownCache = Map.of("DEVMENTOR_CACHE", cache.toString());
        Map<String, String> training = new HashMap<>(ownCache);
        training.put("DEVMENTOR_TRAIN", "on");
        Cli cli = fake("cache");
        String[] partsOnly = {"up", "--parts-only"};
        List<String> filling = List.of(
                "cache.unpacking",
                "cache.unpacked",
                "cache.unpacked:2",
                "cache.renamed",
                "format.properties.written",
                "format.properties.renamed",
                "kafka.format-started");
        for (String point : filling) {
            dies(cli, point, ownCache, partsOnly);
        }
        makeOlder(cache, Duration.ofHours(2));
        dies(cli, "kafka.storage-written", ownCache, partsOnly);
        assertThat(cutOff(cache)).describedAs("what deaths left half done").isEmpty();
        dies(cli, "trainer.started", training, DETACHED);
        endsWell(cli, ownCache);
        List<String> trained = List.of("kafka.started", "kafka.topics-led", "kafka.asked", "aot.written");
        for (String point : trained) {
            cli.dies(point, ownCache, "train");
            deaths++;
            assertThat(aotCaches(cache)).isEmpty();
        }
        cli.dies("aot.renamed", ownCache, "train");
        deaths++;
        assertThat(aotCaches(cache)).hasSize(1);
        stopAll(cli);
        endsWell(cli, ownCache);
        stopAll(cli);
        passed("filling the cache, " + (filling.size() + trained.size() + 3) + " points");
    }

    // ── what is done ───────────────────────────────────────────────────────────────────────────────────────────

    private Cli fake(String name) throws IOException {
        Cli cli = new Cli(directory.resolve(name));
        clis.add(cli);
        return cli;
    }

    private Cli shipped(String point) {
        for (ServiceDefinition service : Platform.SERVICES) {
            assertThat(service.jar(Path.of(System.getProperty("devmentor.root"))))
                    .describedAs("build %s first", service.name())
                    .exists();
        }
        Cli cli = Cli.ofTheRepository(directory.resolve(point.replace(':', '-')));
        clis.add(cli);
        return cli;
    }

    private void dies(Cli cli, String point, String... command) throws IOException, InterruptedException {
        dies(cli, point, Map.of(), command);
    }

    private void dies(Cli cli, String point, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        cli.dies(point, environment, command[0].equals("up") ? with(cli, command) : command);
        deaths++;
    }

    private static String[] with(Cli cli, String... up) {
        return Stream.concat(Stream.of(up), Stream.of("--port-offset", String.valueOf(cli.offset)))
                .toArray(String[]::new);
    }

    private static void stopAll(Cli cli) throws IOException, InterruptedException {
        Done down = cli.run("down");
        assertThat(down.exitCode()).describedAs(down.err()).isZero();
        assertThat(Processes.workingIn(cli.home())).isEmpty();
        assertThat(ProcessHandle.allProcesses()
                        .map(process -> process.info().commandLine().orElse(""))
                        .filter(command -> command.contains(cli.home() + "/")))
                .isEmpty();
        assertThat(Platform.ports().values()).allMatch(port -> Ports.isFree(cli.port(port)));
        try (Stream<Path> left = Files.list(cli.home().resolve("run"))) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.endsWith(".process") || name.equals("platform.json"));
        }
    }

    // ── what must be true ──────────────────────────────────────────────────────────────────────────────────────

    private void endsWell(Cli cli) throws IOException, InterruptedException {
        endsWell(cli, Map.of());
    }

    /** Another {@code up} runs everything, and the demo's answers are there once, however often they were sent. */
    private void endsWell(Cli cli, Map<String, String> environment) throws IOException, InterruptedException {
        Done up = cli.run(environment, with(cli, DETACHED));
        assertThat(up.exitCode()).describedAs(up.err()).isZero();
        assertThat(up.out()).contains("DevMentor is running", "demo should review now");
        Done status = cli.run("status");
        assertThat(status.exitCode()).describedAs(status.out()).isZero();
        assertThat(JSON.readTree(cli.home().resolve("data/imports.json").toFile())
                        .findValuesAsText("applied"))
                .containsExactly("true");
        assertThat(answers(cli)).isEqualTo(DEMO_REVIEWS);
        assertThat(eventsInKafka(cli)).isEqualTo(DEMO_REVIEWS);
        Done verify = cli.run("verify");
        assertThat(verify.exitCode()).describedAs(verify.err()).isZero();
        assertThat(verify.out()).contains(": 0 differ");
    }

    private static long answers(Cli cli) throws IOException, InterruptedException {
        String token = cli.run("token").out();
        try (var client = java.net.http.HttpClient.newHttpClient()) {
            var request = java.net.http.HttpRequest.newBuilder(java.net.URI.create(
                            "http://127.0.0.1:" + cli.port(3005) + "/api/learning/progress/" + Platform.DEMO))
                    .header("Authorization", "Bearer " + token)
                    .build();
            return JSON.readTree(client.send(request, java.net.http.HttpResponse.BodyHandlers.ofString())
                            .body())
                    .path("answers")
                    .asLong();
        }
    }

    /** Different events in the topic; sent again, an event says the same, or it would be refused as a contradiction. */
    private static int eventsInKafka(Cli cli) {
        Map<String, String> contents = new TreeMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                FakeLearningService.answersFromTheBeginning("127.0.0.1:" + cli.port(Platform.KAFKA_PORT))) {
            Set<TopicPartition> partitions = consumer.assignment();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    String id = text(record.headers().lastHeader("ce_source").value()) + " "
                            + text(record.headers().lastHeader("ce_id").value());
                    String content = text(record.value());
                    assertThat(contents.getOrDefault(id, content)).isEqualTo(content);
                    contents.put(id, content);
                });
            }
        }
        return contents.size();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static Map<String, String> secrets(Cli cli) throws IOException {
        Map<String, String> secrets = new TreeMap<>();
        try (Stream<Path> files = Files.list(cli.home().resolve("secrets"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                secrets.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return secrets;
    }

    private static void makeOlder(Path cache, Duration by) throws IOException {
        for (Path file : cutOff(cache)) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(by)));
        }
    }

    private static List<Path> cutOff(Path cache) throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.filter(file -> file.getFileName().toString().contains(".new-"))
                    .toList();
        }
    }

    private static List<Path> aotCaches(Path cache) throws IOException {
        Path caches = cache.resolve("aot");
        if (!Files.exists(caches)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(caches)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".aot"))
                    .toList();
        }
    }

    private void passed(String what) throws IOException {
        passed(what, "everything runs, each of the 12 580 answers once, 0 differ, nothing left after down");
    }

    private void passed(String what, String result) throws IOException {
        Figures.passed(
                "LauncherKillBetweenStepsIT: " + what,
                deaths + " deaths",
                result,
                Duration.ofNanos(System.nanoTime() - begin));
    }
}
