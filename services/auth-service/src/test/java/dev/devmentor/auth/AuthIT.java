package dev.devmentor.auth;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.account.Accounts;
import dev.devmentor.auth.account.EmailAddress;
import dev.devmentor.auth.client.ClientInfo;
import dev.devmentor.auth.session.SignIns;
import dev.devmentor.auth.token.TokenAnswer;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.testkit.MovableClock;
import dev.devmentor.testkit.PlatformResource;
import dev.devmentor.testkit.TestPlatform;
import dev.devmentor.testkit.TestTopics;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** What tests of the running service share. All of them use one service and one database; every test has people of its own. */
@QuarkusTestResource(
        value = PlatformResource.class,
        initArgs = {
            @ResourceArg(name = "service", value = "auth-service"),
            @ResourceArg(name = "redis", value = "true"),
            @ResourceArg(name = "issuer", value = "own")
        })
public abstract class AuthIT {
    /** The secret of confidential clients in tests. */
    protected static final String CLIENT_SECRET = "a-secret-of-tests-alone-0123456789abcdef";

    protected static final JsonMapper JSON = new JsonMapper();

    private static final ClientInfo HERE = new ClientInfo("192.0.2.1", "tests");

    protected TestPlatform platform;
    protected TestTopics topics;
    protected TestPlatform.Database database;

    private Duration moved = Duration.ZERO;

    @Inject
    protected AgroalDataSource dataSource;

    @Inject
    protected MovableClock clock;

    @Inject
    protected Transactions transactions;

    @Inject
    protected Accounts accounts;

    @Inject
    protected SignIns signIns;

    /** A name that no other test has. */
    protected static String fresh(String name) {
        return name + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** A person with a verified address. */
    protected Account person(String name) {
        return person(name, List.of("learner"));
    }

    /** A person with roles. */
    protected Account person(String name, List<String> roles) {
        try {
            EmailAddress email =
                    EmailAddress.parse(fresh(name) + "@people.example").orElseThrow();
            return transactions.run(work -> accounts.create(work, accounts.newId("u-"), email, name, roles, true)
                    .orElseThrow());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Tokens of somebody who has just shown who they are. */
    protected TokenAnswer signedIn(Account account) {
        try {
            return transactions.run(work -> signIns.signIn(work, account, HERE, "password"));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A request with an access token. */
    protected static RequestSpecification as(TokenAnswer tokens) {
        return as(tokens.accessToken());
    }

    /** A request with an access token. */
    protected static RequestSpecification as(String accessToken) {
        return given().header("Authorization", "Bearer " + accessToken).contentType("application/json");
    }

    /** A request of a confidential client. */
    protected static RequestSpecification asClient(String id) {
        String pair = Base64.getEncoder().encodeToString((id + ":" + CLIENT_SECRET).getBytes(StandardCharsets.UTF_8));
        return given().header("Authorization", "Basic " + pair);
    }

    /** What a token says. */
    protected static JsonNode claims(String accessToken) {
        try {
            return JSON.readTree(Base64.getUrlDecoder().decode(accessToken.split("\\.")[1]));
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Moves the service's clock on. */
    protected void later(Duration by) {
        moved = moved.plus(by);
        clock.moveTo(moved);
    }

    /** Sets the service's clock right again. */
    protected void nowAgain() {
        moved = Duration.ZERO;
        clock.moveTo(moved);
    }

    /** First column of every row, as text. */
    protected List<String> rows(String sql, Object... parameters) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            List<String> rows = new ArrayList<>();
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    rows.add(found.getString(1));
                }
            }
            return rows;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** A number. */
    protected long number(String sql, Object... parameters) {
        return Long.parseLong(rows(sql, parameters).getFirst());
    }
}
