package dev.devmentor.auth.login;

import static io.restassured.RestAssured.given;

import dev.devmentor.auth.AuthIT;
import dev.devmentor.auth.mail.MailServer;
import dev.devmentor.testkit.Conditions;
import io.quarkus.test.common.QuarkusTestResource;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** What tests of people share who come by mail: each request from a place of its own, unless a test says otherwise. */
@QuarkusTestResource(MailServer.class)
public abstract class PeopleIT extends AuthIT {
    protected static final String PASSWORD = "violet orbit lamp";
    private static final AtomicInteger PLACES = new AtomicInteger();

    protected static String place() {
        int n = PLACES.incrementAndGet();
        return "198.18." + n / 250 + "." + (1 + n % 250);
    }

    protected static RequestSpecification from(String address) {
        return given().header("X-Forwarded-For", address).contentType("application/json");
    }

    protected static Response post(String path, Map<String, ?> body) {
        return from(place()).body(body).post("/api/auth/" + path);
    }

    protected static String address(String name) {
        return fresh(name) + "@people.example";
    }

    protected static Response register(String email, String password) {
        return post("register", Map.of("email", email, "password", password, "name", "Somebody"));
    }

    protected static Response login(String email, String password) {
        return post("login", Map.of("email", email, "password", password));
    }

    /** Subjects of the mails to an address, the newest first. */
    protected static List<String> subjects(String email) {
        return given().get("/auth/mailbox/messages?to=" + email).jsonPath().getList("messages.subject");
    }

    /** The text of the newest mail with this subject. */
    protected static String mail(String email, String subject) {
        return mail(email, subject, 1);
    }

    /** The text of the newest mail with this subject, once there are so many. */
    protected static String mail(String email, String subject, int count) {
        return Conditions.awaitValue("a mail: " + subject, () -> {
            List<Map<String, String>> found = given()
                    .get("/auth/mailbox/messages?to=" + email)
                    .jsonPath()
                    .<Map<String, String>>getList("messages")
                    .stream()
                    .filter(message -> subject.equals(message.get("subject")))
                    .toList();
            return found.size() < count
                    ? Optional.empty()
                    : Optional.of(found.getFirst().get("text"));
        });
    }

    protected static String tokenOf(String text) {
        int at = text.indexOf("#token=");
        return text.substring(at + 7, text.indexOf('\n', at));
    }

    /** Somebody with a password and a confirmed address. */
    protected static String registered(String name) {
        String email = address(name);
        register(email, PASSWORD).then().statusCode(202);
        post("verify-email", Map.of("token", tokenOf(mail(email, "Confirm your address"))))
                .then()
                .statusCode(204);
        return email;
    }

    /** Headers that say something; when it was said does not. */
    protected static Map<String, String> headers(Response response) {
        Map<String, String> headers = new HashMap<>();
        response.headers().forEach(header -> headers.put(header.getName().toLowerCase(), header.getValue()));
        headers.remove("date");
        return headers;
    }
}
