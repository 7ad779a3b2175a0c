package dev.devmentor.auth.mail;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.devmentor.auth.AuthIT;
import dev.devmentor.testkit.Conditions;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(MailServer.class)
class MailIT extends AuthIT {
    MailServer mailServer;

    @Inject
    Mails mails;

    @Inject
    Mailbox mailbox;

    @Inject
    MeterRegistry meters;

    private void send(Letter letter) throws SQLException {
        transactions.execute(work -> {
            mails.send(work, letter);
        });
    }

    private MailboxMessage received(String to) {
        return Conditions.awaitValue(
                "a mail",
                () -> Optional.ofNullable(mailbox.messages().stream()
                        .filter(message -> message.to().equals(to))
                        .findFirst()
                        .orElse(null)));
    }

    private double count(String kind, String outcome) {
        return meters.counter("devmentor.mail.letters", "kind", kind, "outcome", outcome)
                .count();
    }

    @Test
    void aLetterArrivesAndIsGoneFromTheTable() throws SQLException {
        String to = fresh("anna") + "@people.example";
        send(Letter.to(null, to, "test-arrives", Duration.ofHours(1), "Grüße & <b>mehr</b>")
                .text("Ein langer Text mit Umlauten: äöüß ".repeat(5).strip())
                .link("Open", "http://127.0.0.1:8080/auth/verify#token=abc_DEF-123&x=<script>"));

        MailboxMessage mail = received(to);

        assertThat(mail.subject()).isEqualTo("Grüße & <b>mehr</b>");
        assertThat(mail.text())
                .contains("Ein langer Text mit Umlauten: äöüß Ein langer")
                .contains("\nhttp://127.0.0.1:8080/auth/verify#token=abc_DEF-123&x=<script>\n");
        assertThat(mail.html()).contains("token=abc_DEF-123&amp;x=&lt;script&gt;");
        assertThat(mail.from()).isEqualTo("no-reply@devmentor.local");
        Conditions.await("it is gone", () -> number("SELECT count(*) FROM mail WHERE kind = 'test-arrives'") == 0);
        given().get("/auth/mailbox")
                .then()
                .statusCode(200)
                .header("Content-Security-Policy", containsString("default-src 'none'"))
                .body(containsString("Grüße &amp; &lt;b&gt;mehr&lt;/b&gt;"), not(containsString("<script>")))
                .body(containsString(
                        "<a rel=\"noreferrer\" href=\"http://127.0.0.1:8080/auth/verify#token=abc_DEF-123&amp;x=\">"));
        given().get("/auth/mailbox/messages?to=" + to)
                .then()
                .statusCode(200)
                .body("messages.size()", is(1))
                .body("messages[0].to", equalTo(to));
    }

    /** One that the server, or what stands between, has given up meanwhile would hold the next letter until patience ends. */
    @Test
    void noConnectionIsKeptForTheNextLetter() throws SQLException {
        String to = fresh("emma") + "@people.example";
        send(Letter.to(null, to, "test-connection", Duration.ofHours(1), "One connection"));
        received(to);
        Conditions.await("it is closed", () -> mailServer.connections() == 0);
    }

    @Test
    void whatIsRolledBackIsNotSent() throws SQLException {
        String to = fresh("bert") + "@people.example";
        try {
            transactions.run(work -> {
                mails.send(work, Letter.to(null, to, "test-undone", Duration.ofHours(1), "Never"));
                throw new IllegalStateException("undone");
            });
        } catch (IllegalStateException undone) {
            assertThat(undone).hasMessage("undone");
        }
        String later = fresh("carla") + "@people.example";
        send(Letter.to(null, later, "test-after", Duration.ofHours(1), "After it"));
        received(later);
        assertThat(mailbox.messages()).noneMatch(message -> message.to().equals(to));
    }

    @Test
    void theTableSaysNeitherToWhomNorWhat() throws SQLException {
        String id = person("dora").id();
        transactions.execute(work -> {
            mails.send(
                    work,
                    Letter.to(id, "dora@people.example", "test-sealed", Duration.ofHours(1), "Secret")
                            .text("violet orbit"));
            try (var select = work.connection().prepareStatement("""
                            SELECT concat_ws(' ', kind, account_id, encode(sealed, 'escape')) FROM mail
                            WHERE kind = 'test-sealed'""");
                    var row = select.executeQuery()) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1))
                        .doesNotContain("dora")
                        .doesNotContain("violet")
                        .doesNotContain("Secret");
            }
            assertThat(mails.forget(work.connection(), id)).isEqualTo(1);
        });
    }

    @Test
    void oneThatTheServerRefusesIsTriedAgainAndNobodyElseWaits() throws SQLException {
        double failed = count("test-refused", "failed");
        // No server takes an address like this one.
        send(Letter.to(null, "not an address", "test-refused", Duration.ofHours(1), "Never"));
        String to = fresh("emil") + "@people.example";
        send(Letter.to(null, to, "test-behind", Duration.ofHours(1), "Behind it"));
        received(to);
        Conditions.await("it was tried", () -> count("test-refused", "failed") > failed);
        Conditions.await(
                "it is tried later",
                () -> number(
                                "SELECT count(*) FROM mail WHERE kind = 'test-refused' AND next_at > now() AND attempts >= 1")
                        == 1);
    }

    @Test
    void oneThatIsOfNoUseAnyMoreIsDropped() throws SQLException {
        String to = fresh("fritz") + "@people.example";
        send(Letter.to(null, to, "test-expired", Duration.ofSeconds(-1), "Too late"));
        Conditions.await("it is dropped", () -> count("test-expired", "expired") == 1);
        assertThat(mailbox.messages()).noneMatch(message -> message.to().equals(to));
        assertThat(number("SELECT count(*) FROM mail WHERE kind = 'test-expired'"))
                .isZero();
    }

    @Test
    void theMailboxKeepsOnlySoMany() throws SQLException {
        for (int i = 0; i < 25; i++) {
            send(Letter.to(null, "many-" + i + "@people.example", "test-many", Duration.ofHours(1), "One of many"));
        }
        received("many-24@people.example");
        assertThat(mailbox.messages()).hasSizeLessThanOrEqualTo(20);
        assertThat(count("test-many", "failed")).isZero();
    }

    @Test
    void theMailboxIsNotThereForOthers() {
        for (String path : List.of("/auth/mailbox", "/auth/mailbox/messages")) {
            given().header("X-Forwarded-For", "192.0.2.1").get(path).then().statusCode(404);
            given().header("Host", "evil.example").get(path).then().statusCode(404);
            given().header("Host", "localhost.evil.example:3002")
                    .get(path)
                    .then()
                    .statusCode(404);
            // Through the gateway, by a page whose name was made to point here.
            given().header("X-Forwarded-For", "127.0.0.1")
                    .header("X-Forwarded-Host", "evil.example:8080")
                    .get(path)
                    .then()
                    .statusCode(404);
            given().header("X-Forwarded-For", "127.0.0.1").get(path).then().statusCode(200);
            given().header("X-Forwarded-For", "127.0.0.1")
                    .header("X-Forwarded-Host", "127.0.0.1:8080")
                    .get(path)
                    .then()
                    .statusCode(200);
        }
    }
}
