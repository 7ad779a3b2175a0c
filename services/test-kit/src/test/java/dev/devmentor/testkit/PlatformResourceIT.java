package dev.devmentor.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.parts.LocalPart;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class PlatformResourceIT {
    @Test
    void startsThePartsOnceAndGivesEveryApplicationADatabaseAndTopicsOfItsOwn() throws SQLException {
        PlatformResource first = new PlatformResource();
        Map<String, String> one = first.start();
        LocalPart kafka = TestPlatform.shared().kafka();
        long broker = kafka.pid();
        TestTopics topics = TestPlatform.shared().topics();
        topics.send("quiz.answered", "demo", "{}".getBytes(StandardCharsets.UTF_8), Map.of("ce_id", "1"));
        ConsumerRecord<byte[], byte[]> record =
                topics.awaitRecords("quiz.answered", 1).getFirst();
        assertThat(TestTopics.header(record, "ce_id")).isEqualTo("1");
        try (Connection connection = connect(one);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE mine (id int)");
        }
        first.stop();

        PlatformResource second = new PlatformResource();
        second.init(Map.of("redis", "true"));
        Map<String, String> two = second.start();
        assertThat(TestPlatform.shared().kafka().pid()).isEqualTo(broker);
        assertThat(two.get("quarkus.datasource.jdbc.url")).isNotEqualTo(one.get("quarkus.datasource.jdbc.url"));
        assertThat(topics.readAll("quiz.answered")).isEmpty();
        assertThat(two).containsKey("quarkus.redis.hosts");
        try (Connection connection = connect(two);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE mine (id int)");
        }
        second.stop();
    }

    private static Connection connect(Map<String, String> configuration) throws SQLException {
        return DriverManager.getConnection(
                configuration.getOrDefault("quarkus.datasource.jdbc.url", ""),
                configuration.get("quarkus.datasource.username"),
                configuration.get("quarkus.datasource.password"));
    }
}
