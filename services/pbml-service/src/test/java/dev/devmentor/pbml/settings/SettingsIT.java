package dev.devmentor.pbml.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.pbml.HttpIT;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SettingsIT extends HttpIT {
    private static final String SETTINGS = "/api/pbml/settings";

    private String settings(String person) {
        return ok(as(person).get(SETTINGS)).toString();
    }

    @Test
    void atFirstTeamsHaveAShareAndEveryoneHasNone() {
        assertThat(settings(fresh("settings"))).isEqualTo("{\"shareWithTeams\":true,\"shareWithEveryone\":false}");
    }

    @Test
    void whatIsChosenHoldsAndIsOnesOwn() {
        String person = fresh("settings");
        String chosen = "{\"shareWithTeams\":false,\"shareWithEveryone\":true}";

        assertThat(ok(as(person).body(chosen).put(SETTINGS)).toString()).isEqualTo(chosen);

        assertThat(settings(person)).isEqualTo(chosen);
        assertThat(settings(fresh("else"))).isEqualTo("{\"shareWithTeams\":true,\"shareWithEveryone\":false}");
        ok(as(person)
                .body("{\"shareWithTeams\":true,\"shareWithEveryone\":true}")
                .put(SETTINGS));
        assertThat(settings(person)).isEqualTo("{\"shareWithTeams\":true,\"shareWithEveryone\":true}");
        assertThat(observations(person)).as("each choice is an entry").isEqualTo(2);
    }

    @Test
    void refusesHalfAChoice() {
        String person = fresh("settings");
        for (String body : List.of(
                "",
                "{}",
                "{\"shareWithTeams\":true}",
                "{\"shareWithTeams\":1,\"shareWithEveryone\":0}",
                "{\"shareWithTeams\":true,\"shareWithEveryone\":true,\"more\":true}")) {
            problem(as(person).body(body).put(SETTINGS), 400, "invalid-request");
        }
        assertThat(observations(person)).isZero();
    }
}
