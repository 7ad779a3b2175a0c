package dev.devmentor.auth.vault;

import dev.devmentor.clientcrypto.Http;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Real requests to the service under test, and all that went over the wire. */
public final class RecordingHttp implements Http {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<String> transcript = new ArrayList<>();

    /** Lines of requests, headers and bodies, in their order. */
    public List<String> transcript() {
        return transcript;
    }

    @Override
    public Answer send(String method, String path, @Nullable String bearer, @Nullable String json)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + path))
                .method(
                        method,
                        json == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(json));
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        if (bearer != null) {
            request.header("Authorization", "Bearer " + bearer);
        }
        HttpRequest sent = request.build();
        HttpResponse<String> answer = client.send(sent, HttpResponse.BodyHandlers.ofString());
        transcript.add(method + " " + path);
        transcript.add(sent.headers().map().toString());
        transcript.add(json == null ? "" : json);
        transcript.add(answer.headers().map().toString());
        transcript.add(answer.body());
        return new Answer(answer.statusCode(), answer.body());
    }
}
