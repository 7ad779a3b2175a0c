package dev.devmentor.auth.client;

/** Values of {@code grant_type}. */
public final class Grants {
    public static final String REFRESH_TOKEN = "refresh_token";
    public static final String CLIENT_CREDENTIALS = "client_credentials";
    /** RFC 8628. */
    public static final String DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";
    /** RFC 8693, of which a requested subject is all that is known: on a laptop, for the launcher. */
    public static final String TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    /** An API key for an access token; for the gateway. */
    public static final String API_KEY = "urn:devmentor:oauth:grant-type:api-key";

    private Grants() {}
}
