package dev.devmentor.auth.personaldata;

import static dev.devmentor.auth.personaldata.FakeServices.LEARNING;
import static dev.devmentor.auth.personaldata.FakeServices.PBML;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.auth.AuthIT;
import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.personaldata.FakeServices.Behaviour;
import dev.devmentor.auth.token.TokenAnswer;
import dev.devmentor.testkit.Conditions;
import io.quarkus.arc.All;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(FakeServices.class)
class ExportIT extends AuthIT {
    FakeServices services;

    @Inject
    @All
    List<OwnData> sections;

    @AfterEach
    void resetClock() {
        nowAgain();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    private static JsonNode begin(TokenAnswer tokens) {
        Response response = as(tokens).post("/api/auth/me/export");
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(202);
        JsonNode view = json(response.asString());
        assertThat(response.header("Location")).isEqualTo(path(view));
        return view;
    }

    private static String path(JsonNode view) {
        return "/api/auth/me/exports/" + view.get("id").textValue();
    }

    private static JsonNode show(TokenAnswer tokens, JsonNode view) {
        Response response = as(tokens).get(path(view));
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return json(response.asString());
    }

    private static JsonNode awaitEnd(TokenAnswer tokens, JsonNode view) {
        Conditions.await(
                "the export is over",
                () -> !show(tokens, view).get("state").textValue().equals("running"));
        return show(tokens, view);
    }

    private static JsonNode part(JsonNode view, String service) {
        for (JsonNode part : view.has("parts") ? view.get("parts") : view.get("services")) {
            if (part.get("service").textValue().equals(service)) {
                return part;
            }
        }
        throw new AssertionError(service + " is not in " + view);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, byte[]> unpack(byte[] archive) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static Map<String, byte[]> files(TokenAnswer tokens, JsonNode view) {
        Response response = as(tokens).get(path(view) + "/file");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.header("Content-Disposition"))
                .startsWith("attachment; filename=\"devmentor-personal-data-");
        byte[] archive = response.asByteArray();
        assertThat(response.header("ETag")).isEqualTo("\"" + sha256(archive) + "\"");
        assertThat(show(tokens, view).get("bytes").intValue()).isEqualTo(archive.length);
        return unpack(archive);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String problem(Response response, int status) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
        return json(response.asString()).get("type").textValue().replace("https://devmentor.dev/problems/", "");
    }

    @Test
    void everythingThatAnyServiceHoldsIsGatheredIntoOneFile() {
        Account person = person("ann");
        TokenAnswer tokens = signedIn(person);
        services.behave(LEARNING, tokens.accessToken(), Behaviour.BUSY);

        JsonNode begun = begin(tokens);
        assertThat(begun.get("parts"))
                .extracting(part -> part.get("service").textValue())
                .containsExactly("auth-service", LEARNING, PBML);
        String events = as(tokens)
                .accept("text/event-stream")
                .get(path(begun) + "/events")
                .asString();
        JsonNode last = json(events.substring(events.lastIndexOf("data:") + 5).strip());

        assertThat(last.get("state").textValue()).isEqualTo("done");
        assertThat(last).isEqualTo(show(tokens, begun));
        assertThat(services.asked(LEARNING, tokens.accessToken())).isEqualTo(3);
        Map<String, byte[]> files = files(tokens, begun);
        assertThat(files.keySet())
                .containsExactly(
                        "README.txt",
                        "manifest.json",
                        "auth-service.ndjson",
                        "learning-service.ndjson",
                        "pbml-service.ndjson");
        assertThat(text(files.get("README.txt"))).contains(person.id()).doesNotContain("NOT COMPLETE");
        assertThat(text(files.get("learning-service.ndjson"))).isEqualTo(FakeServices.goodAnswer(LEARNING));
        JsonNode manifest = json(text(files.get("manifest.json")));
        assertThat(manifest.get("complete").booleanValue()).isTrue();
        assertThat(manifest.get("person").textValue()).isEqualTo(person.id());
        for (String service : List.of("auth-service", LEARNING, PBML)) {
            JsonNode part = part(manifest, service);
            byte[] file = files.get(part.get("file").textValue());
            assertThat(part.get("sha256").textValue()).isEqualTo(sha256(file));
            assertThat(part.get("bytes").intValue()).isEqualTo(file.length);
        }
        assertThat(part(manifest, PBML).get("counts").toString()).isEqualTo("{\"log\":1}");
    }

    @Test
    void whatThisServiceHoldsIsInItWithoutASecret() {
        Account person = person("ben");
        TokenAnswer tokens = signedIn(person);
        signedIn(person);
        signedIn(person("stranger"));
        JsonNode done = awaitEnd(tokens, begin(tokens));

        String own = text(files(tokens, done).get("auth-service.ndjson"));
        List<JsonNode> lines = own.lines().map(ExportIT::json).toList();
        assertThat(lines.getFirst().get("service").textValue()).isEqualTo("auth-service");
        Map<String, JsonNode> bySection = new LinkedHashMap<>();
        lines.stream()
                .filter(line -> line.has("section"))
                .forEach(line -> bySection.put(line.get("section").textValue(), line.get("rows")));
        assertThat(bySection.keySet())
                .containsAll(sections.stream().map(OwnData::name).toList());
        assertThat(bySection.get("account").get(0).get("email").textValue()).isEqualTo(person.email());
        assertThat(bySection.get("sessions")).hasSize(2);
        assertThat(bySection.get("exports")).hasSize(1);
        JsonNode end = lines.getLast();
        assertThat(end.get("complete").booleanValue()).isTrue();
        assertThat(end.get("counts").get("account").intValue()).isEqualTo(1);
        assertThat(end.get("counts").get("sessions").intValue()).isEqualTo(2);
        assertThat(end.get("counts").get("teams").intValue()).isZero();
        assertThat(own).doesNotContain("stranger").doesNotContain("rt_").doesNotContainIgnoringCase("hash");
    }

    @Test
    void everyTableThatBelongsToAnAccountIsToldOrLeftOutForAReason() {
        TreeSet<String> told = new TreeSet<>();
        sections.forEach(section -> {
            told.addAll(section.tables());
            told.addAll(section.leftOut().keySet());
        });
        assertThat(told).containsAll(new TreeSet<>(rows("""
                SELECT conrelid::regclass::text FROM pg_constraint
                WHERE contype = 'f' AND confrelid = 'account'::regclass""")));
    }

    @Test
    void aServiceThatIsSilentIsNamedAndTheNextExportHasIt() {
        TokenAnswer tokens = signedIn(person("cleo"));
        services.behave(PBML, tokens.accessToken(), Behaviour.SILENT);

        JsonNode incomplete = awaitEnd(tokens, begin(tokens));

        assertThat(incomplete.get("state").textValue()).isEqualTo("incomplete");
        assertThat(part(incomplete, PBML).get("state").textValue()).isEqualTo("missing");
        assertThat(part(incomplete, PBML).get("reason").textValue()).isEqualTo("timeout");
        assertThat(part(incomplete, LEARNING).get("state").textValue()).isEqualTo("done");
        Map<String, byte[]> files = files(tokens, incomplete);
        assertThat(files).doesNotContainKey("pbml-service.ndjson");
        assertThat(text(files.get("README.txt"))).contains("NOT COMPLETE", "pbml-service (timeout)");
        assertThat(json(text(files.get("manifest.json"))).get("complete").booleanValue())
                .isFalse();

        services.behave(PBML, tokens.accessToken(), Behaviour.GOOD);
        assertThat(awaitEnd(tokens, begin(tokens)).get("state").textValue()).isEqualTo("done");
    }

    @Test
    void whatIsNotWholeIsNotTakenForIt() {
        Map<Behaviour, String> reasons = Map.of(
                Behaviour.CUT, "incomplete",
                Behaviour.BROKEN, "failed",
                Behaviour.REFUSING, "refused",
                Behaviour.ENDLESS, "too-large",
                Behaviour.DRIPPING, "timeout");
        reasons.forEach((behaviour, reason) -> {
            TokenAnswer tokens = signedIn(person("dan"));
            services.behave(LEARNING, tokens.accessToken(), behaviour);

            JsonNode end = awaitEnd(tokens, begin(tokens));

            assertThat(end.get("state").textValue()).as(behaviour.name()).isEqualTo("incomplete");
            assertThat(part(end, LEARNING).get("reason").textValue())
                    .as(behaviour.name())
                    .isEqualTo(reason);
            assertThat(files(tokens, end)).doesNotContainKey("learning-service.ndjson");
        });
    }

    @Test
    void oneThatIsUnderWayIsCancelledAndOneThatIsOverDeleted() {
        TokenAnswer tokens = signedIn(person("eve"));
        services.behave(PBML, tokens.accessToken(), Behaviour.SILENT);
        JsonNode begun = begin(tokens);
        assertThat(problem(as(tokens).post("/api/auth/me/export"), 409)).isEqualTo("export-under-way");

        assertThat(as(tokens).delete(path(begun)).statusCode()).isEqualTo(200);
        JsonNode end = awaitEnd(tokens, begun);

        assertThat(end.get("state").textValue()).isEqualTo("cancelled");
        assertThat(end.has("file")).isFalse();
        assertThat(problem(as(tokens).get(path(begun) + "/file"), 404)).isEqualTo("not-found");
        assertThat(as(tokens).delete(path(begun)).statusCode()).isEqualTo(204);
        assertThat(problem(as(tokens).delete(path(begun)), 404)).isEqualTo("not-found");
        assertThat(problem(as(tokens).get(path(begun)), 404)).isEqualTo("not-found");
    }

    @Test
    void anExportIsItsPersonsAloneAndNeedsARecentLogin() {
        TokenAnswer tokens = signedIn(person("fred"));
        TokenAnswer other = signedIn(person("gus", List.of("learner", "operator")));
        JsonNode done = awaitEnd(tokens, begin(tokens));

        for (String path : List.of(path(done), path(done) + "/file", path(done) + "/events")) {
            assertThat(as(other).get(path).statusCode()).as(path).isEqualTo(404);
            assertThat(given().get(path).statusCode()).as(path).isEqualTo(401);
        }
        assertThat(as(other).delete(path(done)).statusCode()).isEqualTo(404);
        assertThat(as(tokens).get("/api/auth/me/exports/none").statusCode()).isEqualTo(404);
        assertThat(given().post("/api/auth/me/export").statusCode()).isEqualTo(401);
        assertThat(as(signedIn(person("op", List.of("operator"))))
                        .post("/api/auth/me/export")
                        .statusCode())
                .isEqualTo(403);
        later(Duration.ofMinutes(11));
        assertThat(problem(as(tokens).post("/api/auth/me/export"), 401)).isEqualTo("login-not-recent");
    }

    @Test
    void aFileGoesAfterADayAndAnExportThatLostItsInstanceIsSeen() {
        Account person = person("hans");
        TokenAnswer tokens = signedIn(person);
        JsonNode done = awaitEnd(tokens, begin(tokens));
        services.behave(PBML, tokens.accessToken(), Behaviour.SILENT);

        later(Duration.ofHours(25));
        TokenAnswer again = signedIn(person);
        assertThat(problem(as(again).get(path(done)), 404)).isEqualTo("not-found");
        assertThat(rows(
                        "SELECT id::text FROM personal_export_chunk c JOIN personal_export e ON e.id = c.export_id"
                                + " WHERE e.account_id = ?",
                        person.id()))
                .isEmpty();
        nowAgain();

        rows("""
                INSERT INTO personal_export (id, account_id, state, requested_at, beat_at, parts)
                VALUES ('00000000-0000-0000-0000-000000000001', ?, 'running', now(), now() - interval '1 minute', '[]')
                RETURNING id::text""", person.id());
        JsonNode lost = json(as(tokens)
                .get("/api/auth/me/exports/00000000-0000-0000-0000-000000000001")
                .asString());
        assertThat(lost.get("state").textValue()).isEqualTo("failed");
        assertThat(lost.get("error").textValue()).contains("start it again");
    }

    @Test
    void onlyTheNewestFilesAreKept() {
        Account person = person("ida");
        TokenAnswer tokens = signedIn(person);
        JsonNode first = awaitEnd(tokens, begin(tokens));
        for (int i = 0; i < 3; i++) {
            awaitEnd(tokens, begin(tokens));
        }

        assertThat(as(tokens).get(path(first)).statusCode()).isEqualTo(404);
        assertThat(number("SELECT count(*) FROM personal_export WHERE account_id = ?", person.id()))
                .isEqualTo(3);
    }
}
