package dev.devmentor.learning.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.kit.erasure.Tombstones;
import dev.devmentor.learning.LearningIT;
import dev.devmentor.testkit.TestPlatform;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** Whom an older build erased stays erased. */
@QuarkusTest
class TombstoneMigrationIT extends LearningIT {
    @Inject
    Tombstones tombstones;

    @ConfigProperty(name = "devmentor.erasure.key")
    String erasureKey;

    @Test
    void whoWasErasedBeforeTheUpgradeStaysErased() throws SQLException, GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(HexFormat.of().parseHex(erasureKey), "HmacSHA256"));
        TestPlatform.Database old = platform.newDatabase();
        flyway(old, "1019").migrate();
        try (Connection connection = DriverManager.getConnection(old.jdbcUrl(), old.username(), old.password())) {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO erased (learner_hash, erased_at) VALUES (?, now())")) {
                insert.setBytes(1, mac.doFinal("gone".getBytes(StandardCharsets.UTF_8)));
                insert.executeUpdate();
            }

            flyway(old, "latest").migrate();

            assertThat(tombstones.has(connection, "gone")).isTrue();
            assertThat(tombstones.has(connection, "here")).isFalse();
        }
    }

    private static Flyway flyway(TestPlatform.Database database, String target) {
        return Flyway.configure()
                .dataSource(database.jdbcUrl(), database.username(), database.password())
                .locations("classpath:db/kit", "classpath:db/migration")
                .target(target)
                .load();
    }
}
