package dev.devmentor.auth.erasure;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How far it is that a person is forgotten.
 *
 * @param state {@code requested}: this service has not deleted its part yet; {@code waiting}: it has, and another has not answered;
 *     {@code completed}
 * @param account whom it concerns; only for operators, and only until it is completed
 * @param requestedBy {@code person} or {@code operator}
 * @param services who has to answer, and who has answered, in the order of their names
 * @param silent names of those who have to answer and have not
 * @param asked how often they were asked
 * @param nextAskAt when those who are silent are asked again; null once it is completed
 */
@Schema(examples = """
        {"id": "e-7k2mznq4t8xw5cvb3hjd", "state": "waiting", "requestedBy": "person", "requestedAt": "2026-03-01T10:00:00Z",
         "services": [{"service": "auth-service", "state": "answered", "since": "2026-03-01T10:00:01Z", "expected": true,
           "counts": {"account": 1, "session": 2}},
          {"service": "pbml-service", "state": "silent", "since": "2026-03-01T10:00:00Z", "expected": true}],
         "silent": ["pbml-service"], "asked": 2, "nextAskAt": "2026-03-01T10:03:00Z"}""")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ErasureView(
        String id,
        String state,
        @Nullable String account,
        String requestedBy,
        Instant requestedAt,
        List<Service> services,
        List<String> silent,
        int asked,
        @Nullable Instant nextAskAt,
        @Nullable Instant completedAt) {

    /**
     * One service.
     *
     * @param state {@code answered} or {@code silent}
     * @param since when it was asked first, or when it answered
     * @param expected false if nobody waited for it
     * @param counts what it deleted, by kind; null while it is silent
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Service(
            String service,
            String state,
            Instant since,
            boolean expected,
            @Nullable Map<String, Long> counts) {}

    ErasureView withoutAccount() {
        return new ErasureView(
                id, state, null, requestedBy, requestedAt, services, silent, asked, nextAskAt, completedAt);
    }
}
