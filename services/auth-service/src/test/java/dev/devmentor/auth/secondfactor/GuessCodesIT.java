package dev.devmentor.auth.secondfactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.matchesPattern;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What guessing at somebody's second factor gains, and whom it keeps out. */
@QuarkusTest
class GuessCodesIT extends EnrolledPeopleIT {
    /** Only who has the password hears that there is more to show. */
    @Test
    void aWrongPasswordLooksAsIfThereWereNone() {
        Person ben = enrolled("ben");
        Response wrong = login(ben.email(), "wrong password", now(ben));
        Response nobody = login(address("nobody"), "wrong password", now(ben));
        wrong.then().statusCode(401).body("type", endsWith("/login-failed"));
        assertThat(nobody.asString()).isEqualTo(wrong.asString());
        assertThat(headers(nobody)).isEqualTo(headers(wrong));
        // The code has not been used up by that.
        login(ben.email(), PASSWORD, now(ben)).then().statusCode(200);
    }

    /** Whoever has the password waits from everywhere together; the owner has ways in that nobody else can close. */
    @Test
    void whoGuessesCodesWaitsFromWhereverAndTheOwnerGetsIn() {
        Person greta = enrolled("greta");
        String device = login(greta.email(), PASSWORD, now(greta)).cookie("devmentor_device");
        later(Duration.ofSeconds(30));
        // Three are free, then each wait is twice as long as the last: the one in the end is longer than a login takes
        // anywhere.
        for (int waited : new int[] {0, 0, 0, 1, 2, 4, 8}) {
            later(Duration.ofSeconds(waited));
            // The right password in between takes nothing of it back.
            login(greta.email(), PASSWORD).then().statusCode(401);
            login(greta.email(), PASSWORD, wrongOne(greta)).then().statusCode(401);
        }
        login(greta.email(), PASSWORD, wrongOne(greta)).then().statusCode(429);
        login(greta.email(), PASSWORD, now(greta))
                .then()
                .statusCode(429)
                .header("Retry-After", matchesPattern("[1-9][0-9]*"))
                .body("type", endsWith("/rate-limited"));
        assertThat(mail(greta.email(), "Somebody tries codes of your second factor"))
                .contains("They did not get in");
        assertThat(subjects(greta.email()).stream().filter("Somebody tries codes of your second factor"::equals))
                .hasSize(1);

        login(greta.email(), PASSWORD, greta.codes().getFirst()).then().statusCode(200);
        login(place(), device, greta.email(), PASSWORD, now(greta)).then().statusCode(200);
        later(Duration.ofSeconds(31));
        login(greta.email(), PASSWORD, now(greta)).then().statusCode(200);
    }

    private String wrongOne(Person person) {
        return person.app().wrongOnes(clock.instant(), 1).getFirst();
    }

    /** Of those who do not even have the password. */
    @Test
    void aFloodOfWrongPasswordsKeepsNobodyFromARecoveryCode() {
        Person gerd = enrolled("gerd");
        int tries = 0;
        while (login(gerd.email(), "wrong password").statusCode() == 401) {
            tries++;
        }
        assertThat(tries).isGreaterThanOrEqualTo(50);
        String place = place();
        Response asked = login(place, null, gerd.email(), PASSWORD, gerd.codes().getFirst());
        asked.then().statusCode(429).header("Retry-After", matchesPattern("[1-5]"));
        later(Duration.ofSeconds(Long.parseLong(asked.header("Retry-After"))));
        login(place, null, gerd.email(), PASSWORD, gerd.codes().getFirst())
                .then()
                .statusCode(200);
    }

    /** What may be tried within a day, at worst, of a million codes of which three are right. */
    @Test
    void guessingSixDigitsIsHopeless() {
        Person hanna = enrolled("hanna");
        Iterable<String> wrong = hanna.app().wrongOnes(clock.instant(), 1);
        int tries = 0;
        Instant end = clock.instant().plus(Duration.ofDays(1));
        String code = wrong.iterator().next();
        while (clock.instant().isBefore(end)) {
            Response answer = login(hanna.email(), PASSWORD, code);
            if (answer.statusCode() == 429) {
                later(Duration.ofSeconds(Long.parseLong(answer.header("Retry-After"))));
            } else {
                answer.then().statusCode(401).body("type", endsWith("/wrong-second-factor"));
                tries++;
            }
        }
        assertThat(tries).isBetween(15, 60);
    }
}
