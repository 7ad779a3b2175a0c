package dev.devmentor.auth.personaldata;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one service gave.
 *
 * @param state {@code waiting}, {@code done} or {@code missing}
 * @param reason why it is missing: {@code unreachable}, {@code timeout}, {@code refused}, {@code failed}, {@code too-large},
 *     {@code incomplete}
 * @param file name in the archive; null while it is not there
 * @param bytes of that file
 * @param sha256 of that file, in hex
 * @param counts rows by section, as the service says
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExportPart(
        String service,
        String state,
        @Nullable String reason,
        @Nullable String file,
        @Nullable Long bytes,
        @Nullable String sha256,
        @Nullable Map<String, Long> counts) {

    static ExportPart waiting(String service) {
        return new ExportPart(service, "waiting", null, null, null, null, null);
    }

    static ExportPart missing(String service, String reason) {
        return new ExportPart(service, "missing", reason, null, null, null, null);
    }

    boolean isDone() {
        return state.equals("done");
    }
}
