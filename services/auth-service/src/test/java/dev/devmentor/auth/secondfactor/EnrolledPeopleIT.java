package dev.devmentor.auth.secondfactor;

import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.login.PeopleIT;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** People with a second factor, and how they log in. */
public abstract class EnrolledPeopleIT extends PeopleIT {
    protected static final String PATH = "/api/auth/me/second-factor";

    @AfterEach
    void itIsNow() {
        nowAgain();
    }

    /**
     * Somebody with a password and a second factor.
     *
     * @param token of the session in which they switched it on
     */
    protected record Person(Account account, Authenticator app, List<String> codes, String token) {
        public String email() {
            return account.email();
        }
    }

    protected Person enrolled(String name) {
        Account account = account(registered(name));
        Response login = login(account.email(), PASSWORD);
        return enrolled(account, login.jsonPath().getString("access_token"));
    }

    protected Person enrolled(Account account, String token) {
        Authenticator app = new Authenticator(
                as(token).post(PATH).then().statusCode(200).extract().path("secret"));
        Response confirmed =
                as(token).body(Map.of("code", app.code(clock.instant()))).post(PATH + "/confirm");
        confirmed.then().statusCode(200).header("Cache-Control", "no-store");
        // The step of the code that was taken is over.
        later(Duration.ofSeconds(30));
        return new Person(account, app, confirmed.jsonPath().getList("recoveryCodes"), token);
    }

    protected Account account(String email) {
        try {
            return transactions
                    .run(work -> accounts.byEmail(work.connection(), email))
                    .orElseThrow();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    protected static Response login(String email, String password, String code) {
        return login(place(), null, email, password, code);
    }

    protected static Response login(String place, String device, String email, String password, String code) {
        var request = from(place);
        if (device != null) {
            request.cookie("devmentor_device", device);
        }
        return request.body(Map.of("email", email, "password", password, "code", code))
                .post("/api/auth/login");
    }

    protected String now(Person person) {
        return person.app().code(clock.instant());
    }

    protected static String amr(Response tokens) {
        return claims(tokens.jsonPath().getString("access_token")).path("amr").toString();
    }

    protected List<String> actions(Person person) {
        return rows(
                "SELECT action FROM audit_entry WHERE subject = ? AND (action LIKE 'second-factor%' OR action LIKE 'login%')"
                        + " ORDER BY seq",
                person.account().id());
    }
}
