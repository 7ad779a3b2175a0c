package dev.devmentor.clientcrypto;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** The server answered with a problem (RFC 9457). */
public final class ServerRefused extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;

    private ServerRefused(int status, String type, String message) {
        super(message);
        this.status = status;
        this.type = type;
    }

    static ServerRefused of(Http.Answer answer) {
        try {
            JsonNode problem = Json.parse(answer.body());
            String type = problem.path("type").asText();
            String detail = problem.path("detail").asText();
            return new ServerRefused(
                    answer.status(),
                    type.substring(type.lastIndexOf('/') + 1),
                    detail.isEmpty() ? "the server answered with status " + answer.status() : detail);
        } catch (CryptoFailed notJson) {
            return new ServerRefused(answer.status(), "", "the server answered with status " + answer.status());
        }
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** Last part of the problem's type, such as {@code version-conflict}; empty if it was no problem. */
    public String type() {
        return type;
    }
}
