package dev.devmentor.cli.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.cli.terminal.Failed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Who is logged in at this data directory, and by what.
 *
 * @param subject the person's opaque id
 * @param name for a person to read: the mail address, or else the id
 * @param client the program that the login belongs to: which one it was begun as is the auth service's word
 * @param refreshToken good once; empty when the login has come to its end
 * @param accessToken empty when there is none
 * @param accessUntil when the access token expires
 */
public record Login(
        String subject, String name, String client, String refreshToken, String accessToken, Instant accessUntil) {
    private static final JsonMapper JSON = new JsonMapper();

    /** Whether the auth service did not want its refresh token any more. */
    public boolean hasEnded() {
        return refreshToken.isEmpty();
    }

    /** The same person, who has to log in again. */
    Login ended() {
        return new Login(subject, name, client, "", "", Instant.EPOCH);
    }

    Login with(TokenAnswer.Granted granted, Instant now) {
        String refresh = granted.refreshToken();
        return new Login(
                subject,
                name,
                client,
                refresh == null ? refreshToken : refresh,
                granted.accessToken(),
                now.plus(granted.lifetime()));
    }

    /** A login as the auth service granted it, with the name that it goes by. */
    static Login of(TokenAnswer.Granted granted, String refreshToken, String email, Instant now) {
        JsonNode claims = claims(granted.accessToken());
        String subject = claims.path("sub").asText();
        return new Login(
                subject,
                email.isEmpty() ? subject : email,
                claims.path("client_id").asText(AuthApi.CLIENT),
                refreshToken,
                granted.accessToken(),
                now.plus(granted.lifetime()));
    }

    /** What a token says of itself: the services check it, we only name whom it is for. */
    static JsonNode claims(String accessToken) {
        try {
            String[] parts = accessToken.split("\\.");
            String payload =
                    parts.length < 2 ? "" : new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
            JsonNode claims = JSON.readTree(payload);
            if (claims.path("sub").asText().isEmpty()) {
                throw new Failed("the access token does not say whom it is for");
            }
            return claims;
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new Failed("the access token is none that can be read", e);
        }
    }

    String text() {
        ObjectNode json = JSON.createObjectNode();
        json.put("subject", subject).put("name", name).put("client", client);
        json.put("refreshToken", refreshToken).put("accessToken", accessToken);
        json.put("accessUntil", accessUntil.toString());
        return json.toPrettyString() + "\n";
    }

    static Optional<Login> read(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            String subject = json.path("subject").asText();
            if (subject.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new Login(
                    subject,
                    json.path("name").asText(subject),
                    json.path("client").asText(AuthApi.CLIENT),
                    json.path("refreshToken").asText(),
                    json.path("accessToken").asText(),
                    Instant.parse(json.path("accessUntil").asText(Instant.EPOCH.toString()))));
        } catch (JsonProcessingException | java.time.DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "Login[" + subject + "]"; // never a token
    }
}
