package dev.devmentor.auth.token;

import dev.devmentor.auth.client.ClientInfo;
import dev.devmentor.auth.client.OAuthClient;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** One way to get a token at the token endpoint. */
public interface TokenGrant {
    /** Value of {@code grant_type}. */
    String type();

    /**
     * What the client gets, as JSON.
     *
     * @param client has shown who it is, and may use this grant
     * @throws OAuthException if it gets nothing
     */
    Object grant(OAuthClient client, Form form, ClientInfo from) throws SQLException;

    /** Parameters of a request. */
    interface Form {
        /** The value; null if there is none. */
        @Nullable String optional(String name);

        /** The value. */
        String required(String name);
    }
}
