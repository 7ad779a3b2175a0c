package dev.devmentor.gateway.portal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.gateway.portal.Operations.Operation;
import dev.devmentor.gateway.portal.Operations.Parameter;
import java.util.Locale;

/** A shell command for each operation. */
final class CurlClient {
    private CurlClient() {}

    static String of(ObjectNode document) {
        StringBuilder text = new StringBuilder("""
                # A command for each operation. First:
                #   export DEVMENTOR=<where the gateway is, such as http://127.0.0.1:8080> TOKEN=<an access token>
                # With an API key instead of a token: -H "X-API-Key: $KEY"
                """);
        for (Operation operation : Operations.of(document)) {
            text.append("\n# ").append(oneLine(operation.summary())).append('\n');
            text.append("curl -sS -X ")
                    .append(operation.method().toUpperCase(Locale.ROOT))
                    .append(" \"$DEVMENTOR")
                    .append(quoted(operation.path()));
            char separator = '?';
            for (Parameter parameter : operation.parameters()) {
                if (parameter.in().equals("query") && parameter.required()) {
                    text.append(separator)
                            .append(quoted(parameter.name()))
                            .append("={")
                            .append(quoted(parameter.name()))
                            .append('}');
                    separator = '&';
                }
            }
            text.append('"');
            if (operation.secured()) {
                text.append(" -H \"Authorization: Bearer $TOKEN\"");
            }
            String type = operation.bodyType();
            if (type != null) {
                text.append(" -H \"Content-Type: ").append(quoted(type)).append("\" --data @body");
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    /** For a place within double quotes. */
    private static String quoted(String text) {
        return oneLine(text).replaceAll("[\"\\\\$`]", "\\\\$0");
    }
}
