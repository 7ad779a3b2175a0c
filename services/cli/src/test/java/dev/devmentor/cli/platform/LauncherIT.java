package dev.devmentor.cli.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.devmentor.cli.platform.Cli.Done;
import dev.devmentor.cli.platform.Cli.Started;
import dev.devmentor.parts.EventTopics;
import dev.devmentor.parts.Ports;
import dev.devmentor.parts.ProcessRecord;
import dev.devmentor.parts.Processes;
import dev.devmentor.parts.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherIT {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private Cli cli;

    @BeforeEach
    void prepare() throws IOException {
        cli = new Cli(directory);
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        cli.run("down");
        assertThat(Processes.workingIn(cli.home())).isEmpty();
    }

    private String offset() {
        return String.valueOf(cli.offset);
    }

    @Test
    void aDetachedPlatformImportsTheDemoIsUsedAndKeepsItsData() throws Exception {
        Done up = cli.traced("up", "--detach", "--port-offset", offset());
        assertThat(up.exitCode()).describedAs(up.err()).isZero();
        assertDeathIsTriedAtEach(LauncherKillBetweenStepsIT.FIRST_START);
        assertThat(up.err())
                .contains("all times of the demo history are moved by")
                .contains("12 580 reviews of demo went through Kafka");
        assertThat(up.out())
                .contains("learning-service  http://127.0.0.1:" + cli.port(3005))
                .contains("pbml-service      http://127.0.0.1:" + cli.port(3008))
                .contains("demo should review now (7 are due, the first 5)")
                .contains("  card-1  due for 2 days  recall 71 %  recall falls")
                .contains("  answer   scripts/devmentor answer card-1 --grade 3")
                .contains("  watch    scripts/devmentor patterns watch -- mvn test")
                .contains("  gateway  http://127.0.0.1:" + cli.port(8080) + "  (portal: http://127.0.0.1:"
                        + cli.port(8080) + "/portal)")
                .contains("  login    demo@devmentor.local, password in " + cli.home() + "/secrets/demo.password"
                        + "  (scripts/devmentor login)")
                .contains("  mailbox  http://127.0.0.1:" + cli.port(8080) + "/auth/mailbox")
                .contains("scripts/devmentor down");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cli.home())))
                .isEqualTo("rwx------");

        assertThat(cli.run("status").exitCode()).isZero();
        findsNothingMissing();
        Done again = cli.run("up");
        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).startsWith("DevMentor is running already").contains("demo should review now");

        assertThat(cli.run("due", "--json").out()).contains("\"total\":7");
        assertThat(cli.run("answer", "card-1", "--grade", "3").out())
                .isEqualTo("card-1 comes up again 2026-11-26T04:00:00Z, in 3 days (fsrs-6)");
        Done refused = cli.run("answer", "unknown", "--wrong");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).isEqualTo("devmentor: the learning service answered 422: Refused: no such item");
        assertThat(cli.run("verify").outLines())
                .containsExactly(
                        "verified 10 cards of 1 learners from 20 entries: 0 differ",
                        "verified 4 patterns of 1 owners from 20 observations: 0 differ");
        assertThat(cli.run("token", "--operator").out().split("\\.")).hasSize(3);
        assertThat(cli.typed("b\n", "quiz").outLines())
                .contains("\u001b[33m  break  15 min would do good: The load is high: 60 %.\u001b[0m")
                .endsWith(
                        "1 of 1 right, 1.0 points",
                        "  Topics  1 of 1",
                        "\u001b[33m  break  10 min would do good: You have worked for 52 minutes.\u001b[0m");
        actsAsWhoIsLoggedIn();
        importsAFileTwiceAndChangesNothing();
        replaysDeadLettersOnce();
        secretsStandOnNoCommandLineAndInNoLog();

        long stoppedAt = System.nanoTime();
        Done down = cli.traced("down");
        assertThat(down.out())
                .startsWith(
                        "stopped auth-service, learning-service, pbml-service, api-gateway, kafka, redis, postgres");
        assertDeathIsTriedAtEach(LauncherKillBetweenStepsIT.DOWN);
        assertThat(Ports.isFree(cli.port(Platform.KAFKA_PORT))).isTrue();
        assertThat(cli.run("down").out()).isEqualTo("nothing is running");
        assertThat(cli.run("status").exitCode()).isEqualTo(1);

        Done second = cli.traced("up", "--detach", "--port-offset", offset());
        assertDeathIsTriedAtEach(LauncherKillBetweenStepsIT.SECOND_START);
        assertThat(second.exitCode()).describedAs(second.err()).isZero();
        assertThat(second.err()).doesNotContain("went through Kafka");
        assertThat(answers("demo")).isEqualTo(12_580);
        assertThat(cli.run("whoami").out())
                .describedAs("a login outlives a restart")
                .contains("your login");
        assertThat(Duration.ofNanos(System.nanoTime() - stoppedAt)).isLessThan(Duration.ofMinutes(2));
    }

    /** Whoever adds a durable step adds it to the list, too. Filling the cache is a list of its own. */
    private void assertDeathIsTriedAtEach(List<String> points) throws IOException {
        Set<String> tried = new TreeSet<>();
        points.forEach(point -> tried.add(point.replaceFirst(":\\d+$", "")));
        Set<String> passed = new TreeSet<>(cli.points());
        passed.removeIf(point -> point.matches("(cache|format\\.properties|kafka\\.format-started).*"));
        assertThat(passed).isEqualTo(tried);
    }

    private void findsNothingMissing() throws Exception {
        Done doctor = cli.run("doctor");
        assertThat(doctor.exitCode()).describedAs(doctor.out()).isZero();
        assertThat(doctor.out().replaceAll(" +", " "))
                .contains("ok JDK 25")
                .contains("ok data layout 2 in " + cli.home())
                .contains("ok ports in use by this platform")
                .contains("ok build all services are built")
                .doesNotContain("MISSING");

        Done told = cli.run("doctor", "--json");
        assertThat(told.exitCode()).isZero();
        JsonNode findings = JSON.readTree(told.out());
        assertThat(findings.findValuesAsText("what"))
                .containsExactly(
                        "JDK", "Node", "memory", "disk", "PostgreSQL's user", "Redis", "data", "ports", "build");
        assertThat(findings.findValuesAsText("ok")).containsOnly("true");
    }

    private void actsAsWhoIsLoggedIn() throws Exception {
        assertThat(cli.run("whoami").out().replaceAll(" +", " "))
                .isEqualTo("who demo@devmentor.local\nid demo\nroles learner\ntier free\n"
                        + "by this laptop's launcher; nobody is logged in");
        assertThat(subject(cli.run("token").out())).isEqualTo("demo");
        assertThat(cli.run("logout").out()).isEqualTo("nobody was logged in");

        Started login = cli.start("login");
        login.awaitOutput("BCDF-GHJK");
        assertThat(login.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(login.done().exitCode()).describedAs(login.done().err()).isZero();
        assertThat(login.done().err().replaceAll(" +", " "))
                .matches("(?s).*open http://127.0.0.1:\\d+/auth/device\\?user_code=BCDF-GHJK\ncode BCDF-GHJK .*");
        assertThat(login.done().outLines())
                .containsExactly("logged in as demo@devmentor.local; commands act as you now (logout ends that)");
        assertThat(cli.run("whoami").out()).contains("your login");
        assertThat(cli.run("due", "--limit", "1").out()).contains("card-1");
        assertThat(cli.run("logs", "api-gateway").out())
                .contains("POST /api/auth/device_authorization 200")
                .contains("GET /api/learning/reviews/due 200");
        assertThat(subject(cli.run("token", "--learner", "ada").out())).isEqualTo("ada");
        assertThat(cli.run("logout").out()).isEqualTo("logged out demo@devmentor.local");

        assertThat(cli.run("login", "--email", "demo@devmentor.local").exitCode())
                .isEqualTo(2);
        String[] byPassword = {"login", "--email", "demo@devmentor.local", "--password-stdin"};
        Done wrong = cli.piped("wrong\n", byPassword);
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.err()).isEqualTo("devmentor: mail address or password is wrong");
        String password = Files.readString(cli.home().resolve("secrets/demo.password"));
        assertThat(cli.piped(password, byPassword).out())
                .isEqualTo("logged in as demo@devmentor.local; commands act as you now (logout ends that)");
    }

    private static String subject(String token) throws IOException {
        return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]))
                .path("sub")
                .asText();
    }

    private void importsAFileTwiceAndChangesNothing() throws Exception {
        Path file = Files.writeString(directory.resolve("mine.csv"), """
                card_id,review_time_ms,rating,duration_ms
                a,1711744352250,3,100
                b,1711744359497,9,100
                c,1711744374573,1,100
                """);
        Done first = cli.run("import", "reviews", file.toString(), "--learner", "ada", "--shift-to-now", "--json");
        assertThat(first.exitCode()).describedAs(first.err()).isZero();
        assertThat(first.err()).contains("line 3: rating is \"9\", not 1 to 4");
        JsonNode result = JSON.readTree(first.out());
        assertThat(result.path("sent").asInt()).isEqualTo(2);
        assertThat(result.path("badLines").asInt()).isEqualTo(1);
        Done second = cli.run("import", "reviews", file.toString(), "--learner", "ada", "--json");
        assertThat(second.err()).contains("it is moved by the same again");
        assertThat(JSON.readTree(second.out()).path("shiftDays").asLong())
                .isEqualTo(result.path("shiftDays").asLong());
        assertThat(answers("ada")).isEqualTo(2);
        Done strict = cli.run("import", "reviews", file.toString(), "--learner", "eve", "--strict");
        assertThat(strict.exitCode()).isEqualTo(1);
        assertThat(strict.err()).contains("nothing was imported");
    }

    private void replaysDeadLettersOnce() throws Exception {
        String dead = EventTopics.deadLetters("quiz.answered", "learning-service");
        String replay = EventTopics.replay("quiz.answered", "learning-service");
        sendDeadLetter(dead, "one", "time-in-future");
        sendDeadLetter(dead, "two", "invalid-json");
        sendDeadLetter(dead, "three", "time-in-future");

        Done dry = cli.run("replay-dlq", "--dry-run");
        assertThat(dry.exitCode()).describedAs(dry.err()).isZero();
        assertThat(dry.out())
                .contains("quiz.answered 2@41  invalid-json  said so")
                .endsWith("would replay 3");
        assertThat(read(replay)).isEmpty();

        assertThat(cli.run("replay-dlq", "--reason", "time-in-future").out()).endsWith("replayed 2, left 1");
        assertThat(cli.run("replay-dlq", "--reason", "time-in-future").out()).endsWith("replayed 0, left 1");
        Path editor = Files.writeString(directory.resolve("editor.sh"), "#!/bin/sh\nsed -i s/two/mended/ \"$1\"\n");
        Files.setPosixFilePermissions(editor, PosixFilePermissions.fromString("rwx------"));
        Done edited = cli.run(Map.of("EDITOR", editor.toString(), "VISUAL", ""), "replay-dlq", "--edit");
        assertThat(edited.out()).endsWith("replayed 1");
        assertThat(cli.run("replay-dlq").out()).isEqualTo("replayed 0");

        List<ConsumerRecord<byte[], byte[]>> records = read(replay);
        assertThat(records)
                .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
                .containsExactly("one", "three", "mended");
        assertThat(records.getFirst().headers())
                .extracting(header -> header.key())
                .containsExactly("ce_id", "odd");
        assertThat(records.getFirst().headers().lastHeader("odd").value()).containsExactly(0, -1, 7);
        assertThat(new String(records.getFirst().key(), StandardCharsets.UTF_8)).isEqualTo("demo");
    }

    private void secretsStandOnNoCommandLineAndInNoLog() throws IOException {
        List<String> secrets = new ArrayList<>();
        try (Stream<Path> files = Files.list(cli.home().resolve("secrets"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
                String text = Files.readString(file);
                if (file.endsWith("login.json")) {
                    JsonNode login = JSON.readTree(text);
                    secrets.add(login.path("refreshToken").asText());
                    secrets.add(login.path("accessToken").asText());
                } else {
                    secrets.add(text.lines().findFirst().orElseThrow());
                }
            }
        }
        assertThat(secrets).hasSizeGreaterThanOrEqualTo(11);
        String commands = ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .reduce("", (a, b) -> a + "\n" + b);
        StringBuilder logs = new StringBuilder();
        try (Stream<Path> files = Files.list(cli.home().resolve("logs"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                logs.append(Files.readString(file));
            }
        }
        assertThat(secrets).noneMatch(commands::contains).noneMatch(secret -> logs.indexOf(secret) >= 0);
    }

    @Test
    void whoFindsAnImportThatWasCutOffSeesItThroughAndTheOthersWaitForThat() throws Exception {
        Path hold = Files.createFile(directory.resolve("hold"));
        Started first = cli.start(Map.of("FAKE_HOLD", hold.toString()), "up", "--detach", "--port-offset", offset());
        awaitInLedger("\"the demo history for demo\"", first);
        Started beside = cli.start("up");
        beside.awaitOutput("another import works here; waiting for it to end");
        Started oneMore = cli.start("up");
        oneMore.awaitOutput("another import works here; waiting for it to end");
        first.process().destroyForcibly().waitFor();
        Started later = cli.start("up");
        later.awaitOutput("DevMentor is running already");
        List<Started> ups = List.of(beside, oneMore, later);
        assertThat(ups).allMatch(up -> up.process().isAlive());
        Files.delete(hold);

        for (Started up : ups) {
            assertThat(up.process().waitFor(180, TimeUnit.SECONDS)).isTrue();
            assertThat(up.done().exitCode()).describedAs(up.done().err()).isZero();
            assertThat(up.done().out())
                    .startsWith("DevMentor is running already")
                    .contains("demo should review now");
        }
        assertThat(ups)
                .filteredOn(up -> up.done().err().contains("12 580 reviews of demo went through Kafka"))
                .hasSize(1);
        assertThat(answers("demo")).isEqualTo(12_580);

        aRepeatWaitsForItsOwnAnswersNotForThoseOfBefore(hold);
    }

    private void aRepeatWaitsForItsOwnAnswersNotForThoseOfBefore(Path hold) throws Exception {
        String header = "card_id,review_time_ms,rating,duration_ms\n";
        Path had = Files.writeString(
                directory.resolve("had.csv"),
                header + "a,1711744352250,3,100\nb,1711744359497,3,100\nc,1711744374573,3,100\n");
        Path more = Files.writeString(
                directory.resolve("more.csv"), header + "d,1711744352250,3,100\ne,1711744359497,3,100\n");
        String[] importMore = {"import", "reviews", more.toString(), "--learner", "bob"};
        assertThat(cli.run("import", "reviews", had.toString(), "--learner", "bob")
                        .exitCode())
                .isZero();

        Files.createFile(hold);
        Started cutOff = cli.start(importMore);
        awaitInLedger("more.csv for bob\"", cutOff);
        cutOff.process().destroyForcibly().waitFor();
        Started repeat = cli.start(importMore);
        assertThat(repeat.process().waitFor(5, TimeUnit.SECONDS))
                .describedAs("whether it ends while its two answers are not applied")
                .isFalse();
        Files.delete(hold);

        assertThat(repeat.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(repeat.done().exitCode()).describedAs(repeat.done().err()).isZero();
        assertThat(repeat.done().out()).contains("2 reviews of bob went through Kafka");
        assertThat(answers("bob")).isEqualTo(5);
    }

    private void awaitInLedger(String text, Started importing) {
        Path ledger = cli.home().resolve("data/imports.json");
        boolean there = Waiting.until(Duration.ofMinutes(3), () -> {
            try {
                return Files.exists(ledger) && Files.readString(ledger).contains(text);
            } catch (IOException e) {
                return false;
            }
        });
        assertThat(there).describedAs(importing.process().info().toString()).isTrue();
    }

    @Test
    void survivesAKillOfTheLauncherAndOfAServiceAndStopsAllOnCtrlC() throws Exception {
        Started first = cli.start("up", "--no-demo", "--port-offset", offset());
        first.awaitOutput("Ctrl-C, or");
        first.process().destroyForcibly().waitFor();
        assertThat(Ports.answers(cli.port(3005))).isTrue();

        Started second = cli.start("up", "--no-demo", "--port-offset", offset());
        second.awaitOutput("Ctrl-C, or");
        second.awaitOutput("a launcher was killed here: stopping what is left of it"
                + " (auth-service, learning-service, pbml-service, api-gateway, kafka, redis, postgres)");

        JsonNode status = JSON.readTree(cli.run("status", "--json").out());
        assertThat(status.path("running").asBoolean()).isTrue();
        long service = status.path("things").path(4).path("pid").asLong();
        Processes.signal("KILL", List.of(service));
        second.awaitOutput("learning-service ended unexpectedly: killed by signal 9; its last lines:");
        second.awaitOutput("learning-service answers again");
        aServiceWhoseJarIsMissingIsTriedAgainUntilItIsThere(second);

        Processes.signal("INT", List.of(second.process().pid()));
        assertThat(second.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(second.done().exitCode()).isEqualTo(130);
        assertThat(second.done().err())
                .contains("stopped auth-service, learning-service, pbml-service, api-gateway, kafka, redis, postgres")
                .endsWith("the data is kept");
        assertThat(Platform.ports().values()).allMatch(port -> Ports.isFree(cli.port(port)));
    }

    private void aServiceWhoseJarIsMissingIsTriedAgainUntilItIsThere(Started launcher) throws Exception {
        Path jar = directory.resolve("repository/services/learning-service/target/quarkus-app/quarkus-run.jar");
        Path aside = Files.move(jar, jar.resolveSibling("aside.jar"));
        JsonNode status = JSON.readTree(cli.run("status", "--json").out());
        Processes.signal(
                "KILL", List.of(status.path("things").path(4).path("pid").asLong()));
        launcher.awaitOutput("learning-service is not built: ");
        Files.move(aside, jar);
        assertThat(Waiting.until(Duration.ofSeconds(60), () -> Ports.answers(cli.port(3005))))
                .isTrue();
    }

    @Test
    void namesWhoHoldsAPortAndStartsNothing() throws Exception {
        try (ServerSocket held =
                new ServerSocket(cli.port(Platform.POSTGRES_PORT), 1, InetAddress.getLoopbackAddress())) {
            Done up = cli.run("up", "--port-offset", offset());
            assertThat(up.exitCode()).isEqualTo(1);
            assertThat(up.err().lines()).hasSize(1);
            assertThat(up.err())
                    .startsWith("devmentor: port " + held.getLocalPort() + " (postgres) is held by java ")
                    .contains("(pid " + ProcessHandle.current().pid() + "). Nothing was started.");
        }
        assertThat(cli.home().resolve("data/postgres")).doesNotExist();
    }

    @Test
    void refusesDataOfANewerBuildAndMovesItAsideWhenAskedTo() throws Exception {
        Files.createDirectories(cli.home());
        Files.writeString(cli.home().resolve("VERSION"), "99\n");
        Done up = cli.run("up", "--parts-only", "--port-offset", offset());
        assertThat(up.exitCode()).isEqualTo(1);
        assertThat(up.err()).contains("was written by a newer build (layout 99, this one knows 2)");
        Done doctor = cli.run("doctor");
        assertThat(doctor.exitCode()).isEqualTo(1);
        assertThat(doctor.out().replaceAll(" +", " "))
                .contains("MISSING data layout 99 in " + cli.home() + ", this build knows 2")
                .contains("-> use the newer build, another DEVMENTOR_HOME, or up --fresh");

        Done fresh = cli.run("up", "--fresh", "--parts-only", "--detach", "--port-offset", offset());
        assertThat(fresh.exitCode()).describedAs(fresh.err()).isZero();
        assertThat(fresh.err()).contains("data.old-1");
        assertThat(cli.home().resolve("data.old-1/VERSION")).exists();
    }

    @Test
    void goesOnWithTheDataOfAnOlderBuildAndStopsTheIssuerThatItLeft() throws Exception {
        Path secrets = Files.createDirectories(cli.home().resolve("secrets"));
        Files.writeString(cli.home().resolve("VERSION"), "1\n");
        Files.writeString(secrets.resolve("issuer-key.pem"), "a key");
        Path run = Files.createDirectories(cli.home().resolve("run"));
        Process issuer = new ProcessBuilder("sleep", "600").start();
        new ProcessRecord(
                        "issuer", issuer.pid(), Processes.identity(issuer.pid()).orElseThrow(), Instant.now())
                .write(run.resolve("issuer.process"));

        Done due = cli.run("due");
        assertThat(due.err()).startsWith("devmentor: there is no platform in").contains("scripts/devmentor up");
        Done up = cli.run("up", "--detach", "--parts-only", "--port-offset", offset());
        assertThat(up.exitCode()).describedAs(up.err()).isZero();
        assertThat(issuer.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(up.err())
                .contains("stopping what is left of it (issuer)")
                .containsOnlyOnce("the data is of an older build and goes on being used; the key of its token issuer"
                        + " (secrets/issuer-key.pem) is not: the auth service makes its own");
        assertThat(cli.home().resolve("VERSION")).hasContent("2");
        assertThat(secrets.resolve("issuer-key.pem")).hasContent("a key");
        assertThat(subject(cli.run("token").out())).isEqualTo("demo");
        assertThat(cli.run("status").out()).contains("auth-service").contains("stopped");
    }

    @Test
    void stopsWhatItStartedWhenAServiceDoesNotComeUp() throws Exception {
        Files.writeString(Platform.SERVICES.getFirst().jar(directory.resolve("repository")), "no jar");
        Done up = cli.run("up", "--port-offset", offset());
        assertThat(up.exitCode()).isEqualTo(1);
        assertThat(up.err()).contains("devmentor: auth-service ended while it started: ");
        assertThat(Waiting.until(
                        Duration.ofSeconds(10),
                        () -> Processes.workingIn(cli.home()).isEmpty()))
                .isTrue();
    }

    @Test
    void saysInOneLineWhatWasWronglyCalled() throws Exception {
        assertThat(cli.run("answer", "x", "--grade", "9").exitCode()).isEqualTo(2);
        assertThat(cli.run("nonsense").exitCode()).isEqualTo(2);
        Done due = cli.run("due");
        assertThat(due.exitCode()).isEqualTo(1);
        assertThat(due.err()).startsWith("devmentor: there is no platform in");
        assertThat(due.err().lines()).hasSize(1);
    }

    private long answers(String learner) throws IOException, InterruptedException {
        String token = cli.run("token", "--learner", learner).out();
        try (var client = java.net.http.HttpClient.newHttpClient()) {
            var request = java.net.http.HttpRequest.newBuilder(java.net.URI.create(
                            "http://127.0.0.1:" + cli.port(3005) + "/api/learning/progress/" + learner))
                    .header("Authorization", "Bearer " + token)
                    .build();
            long[] seen = {-1};
            Waiting.until(Duration.ofSeconds(20), () -> {
                try {
                    long now = JSON.readTree(client.send(request, java.net.http.HttpResponse.BodyHandlers.ofString())
                                    .body())
                            .path("answers")
                            .asLong();
                    boolean steady = now == seen[0] && now > 0;
                    seen[0] = now;
                    return steady;
                } catch (IOException | InterruptedException e) {
                    return false;
                }
            });
            return seen[0];
        }
    }

    private void sendDeadLetter(String topic, String value, String reason)
            throws ExecutionException, InterruptedException {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", "127.0.0.1:" + cli.port(Platform.KAFKA_PORT)),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                    topic, null, "demo".getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
            record.headers()
                    .add(new RecordHeader("ce_id", new byte[] {'1'}))
                    .add(new RecordHeader("odd", new byte[] {0, -1, 7}));
            Map.of(
                            "reason", reason,
                            "detail", "said so",
                            "topic", "quiz.answered",
                            "partition", "2",
                            "offset", "41",
                            "service", "learning-service",
                            "at", "2026-11-23T10:00:00Z")
                    .forEach((name, text) -> record.headers()
                            .add(new RecordHeader("devmentor-dlq-" + name, text.getBytes(StandardCharsets.UTF_8))));
            producer.send(record).get();
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        "127.0.0.1:" + cli.port(Platform.KAFKA_PORT),
                        "isolation.level",
                        "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }
}
