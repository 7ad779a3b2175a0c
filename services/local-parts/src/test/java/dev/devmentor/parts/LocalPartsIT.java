package dev.devmentor.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPartsIT {
    private static final PartsDirectory PARTS = PartsDirectory.fromEnvironment();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path home;

    @Test
    void postgresKeepsWhatWasCommittedThroughAKillAndATakenOverPid() throws SQLException, IOException {
        PartPlace place = PartPlace.in(home, "postgres");
        int port = Ports.free();
        LocalPostgres first = new LocalPostgres(PARTS, place, port);
        first.start();
        first.createDatabaseAndRole("learning", "learning", "first");
        first.createDatabaseAndRole("learning", "learning", "second");
        try (Connection connection = first.connect("learning", "learning", "second");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept (id int)");
            statement.execute("INSERT INTO kept VALUES (1), (2)");
        }
        first.kill9();
        assertThat(first.isAlive()).isFalse();
        // What a reboot leaves: the lock names a pid that is a living stranger's by now.
        Path lock = place.data().resolve("cluster/postmaster.pid");
        assertThat(lock).exists();
        Files.writeString(lock, Files.readString(lock).replaceFirst("^\\d+", "1"));

        LocalPostgres second = new LocalPostgres(PARTS, place, port);
        second.start();
        try (Connection connection = second.connect("learning");
                Statement statement = connection.createStatement()) {
            assertThat(text(statement, "SELECT count(*) FROM kept")).isEqualTo("2");
            assertThat(List.of(
                            text(statement, "SHOW fsync"),
                            text(statement, "SHOW synchronous_commit"),
                            text(statement, "SHOW full_page_writes"),
                            text(statement, "SHOW listen_addresses"),
                            text(statement, "SHOW data_checksums")))
                    .containsExactly("on", "on", "on", "127.0.0.1", "on");
        } finally {
            second.stop();
        }
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(place.data().resolve("superuser.password"))))
                .isEqualTo("rw-------");
        assertThat(Files.readString(place.log())).doesNotContain(second.superuserPassword());
    }

    @Test
    void postgresLetsARoleIntoItsOwnDatabaseOnly() throws SQLException {
        LocalPostgres postgres = new LocalPostgres(PARTS, PartPlace.in(home, "postgres"), Ports.free());
        postgres.start();
        try {
            postgres.createDatabaseAndRole("learning", "learning", "a");
            postgres.createDatabaseAndRole("memory", "memory", "b");
            assertThatThrownBy(() -> postgres.connect("memory", "learning", "a"))
                    .hasMessageContaining("permission denied for database");
            assertThatThrownBy(() -> postgres.connect("learning", "learning", "wrong"))
                    .hasMessageContaining("password authentication failed");

            try (Connection connection = postgres.connect("memory", "memory", "b");
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE in_template (id int)");
            }
            postgres.createDatabase("memory_copy", "memory", "memory");
            try (Connection connection = postgres.connect("memory_copy", "memory", "b");
                    Statement statement = connection.createStatement()) {
                assertThat(text(statement, "SELECT count(*) FROM in_template")).isEqualTo("0");
            }
            postgres.dropDatabase("memory_copy");
        } finally {
            postgres.stop();
        }
    }

    @Test
    void kafkaKeepsItsRecordsThroughAKillAndCreatesTopicsOnce() {
        PartPlace place = PartPlace.in(home, "kafka");
        int port = Ports.free();
        LocalKafka first = new LocalKafka(PARTS, place, port);
        first.start();
        List<TopicDefinition> topics = EventTopics.of("learning-service", List.of("quiz.answered"), List.of());
        first.createTopics(topics);
        first.createTopics(topics);
        first.createTopics(List.of(new TopicDefinition("quiz.answered", 8, Duration.ofDays(1))));
        send(first, "quiz.answered", 100);
        first.kill9();

        LocalKafka second = new LocalKafka(PARTS, place, Ports.free());
        second.start();
        try (Admin admin = second.admin()) {
            assertThat(read(second, "quiz.answered", 100)).hasSize(100);
            LocalKafka.deleteAllTopics(admin);
            LocalKafka.createTopics(admin, topics);
        } finally {
            second.stop();
        }
        assertThat(second.isAlive()).isFalse();
    }

    @Test
    void kafkaTakesEveryRecordOfAProducerThatBeginsAsSoonAsItHasStartedAgain() throws Exception {
        LocalKafka kafka = new LocalKafka(PARTS, PartPlace.in(home, "kafka"), Ports.free());
        kafka.start();
        try {
            List<TopicDefinition> topics = Stream.of(
                            "quiz.answered", "task.created", "task.completed", "memory.updated")
                    .map(name -> new TopicDefinition(name, 100, Duration.ofDays(1)))
                    .toList();
            kafka.createTopics(topics);
            for (int kills = 0; kills < 2; kills++) {
                kafka.kill9();
                kafka.start();
                sendToAll(kafka, topics);
            }
        } finally {
            kafka.kill9();
        }
    }

    /** In batches of a few records, so that several of a partition are on their way at once. */
    private static void sendToAll(LocalKafka kafka, List<TopicDefinition> topics) throws Exception {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka.bootstrapServers(),
                        "acks",
                        "all",
                        "enable.idempotence",
                        true,
                        "batch.size",
                        256,
                        "request.timeout.ms",
                        10_000,
                        "delivery.timeout.ms",
                        20_000),
                new StringSerializer(),
                new StringSerializer())) {
            for (int i = 0; i < 100; i++) {
                for (TopicDefinition topic : topics) {
                    for (int partition = 0; partition < topic.partitions(); partition++) {
                        sent.add(producer.send(new ProducerRecord<>(topic.name(), partition, "key", "value-" + i)));
                    }
                }
            }
        }
        for (Future<RecordMetadata> one : sent) {
            one.get();
        }
    }

    @Test
    void redisKeepsWhatItWasToldThroughAKill() throws IOException {
        PartPlace place = PartPlace.in(home, "redis");
        LocalRedis first = new LocalRedis(PARTS, place, Ports.free());
        first.start();
        assertThat(redis(first, "SET kept yes")).isEqualTo("+OK");
        first.kill9();

        LocalRedis second = new LocalRedis(PARTS, place, Ports.free());
        second.start();
        assertThat(redis(second, "EXISTS kept")).isEqualTo(":1");
        second.stop();
        assertThat(second.isAlive()).isFalse();
    }

    @Test
    void aPartThatCannotStartSaysWhyInOneLine() throws IOException {
        LocalPostgres postgres = new LocalPostgres(PARTS, PartPlace.in(home, "postgres"), Ports.free());
        postgres.with("shared_buffers", "nonsense");
        assertThatThrownBy(postgres::start)
                .isInstanceOf(PartFailed.class)
                .hasMessageContaining("invalid value for parameter \"shared_buffers\"");
    }

    private static void send(LocalKafka kafka, String topic, int count) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all"),
                new StringSerializer(),
                new StringSerializer())) {
            for (int i = 0; i < count; i++) {
                producer.send(new ProducerRecord<>(topic, "key-" + i, "value-" + i));
            }
            producer.flush();
        }
    }

    private static Set<String> read(LocalKafka kafka, String topic, int count) {
        Set<String> values = new HashSet<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka.bootstrapServers(),
                        "group.id",
                        "reader",
                        "auto.offset.reset",
                        "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            Waiting.until(Duration.ofSeconds(30), () -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
                return values.size() >= count;
            });
        }
        return values;
    }

    private static String redis(LocalRedis redis, String command) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return String.valueOf(
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                            .readLine());
        }
    }

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }
}
