package dev.devmentor.cli.platform;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** One question: does it answer? */
final class Http {
    private Http() {}

    /** Whether a GET gives 200 within two seconds. */
    static boolean answers(String url) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setConnectTimeout(1000);
            connection.setReadTimeout(2000);
            try {
                return connection.getResponseCode() == 200;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }
}
