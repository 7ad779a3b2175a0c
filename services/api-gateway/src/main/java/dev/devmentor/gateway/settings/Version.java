package dev.devmentor.gateway.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Settings with who made them, and when.
 *
 * @param number from 1; 0 for none: all is as configured
 * @param by {@code sub} of the operator
 * @param restores the version whose settings these are again, 0 for those as configured; {@link #NOTHING} if they are new
 */
@Schema(name = "GatewaySettingsVersion", examples = """
        {"version": 3, "by": "u-7k2mznq4t8xw5cvb3hjd", "at": "2026-03-01T10:00:00Z",
         "settings": {"limits": {"free": 60}, "routes": {"ai": {"timeoutMillis": 60000}}}}""")
record Version(@Schema(name = "version") long number, String by, Instant at, long restores, Settings settings) {
    /** These settings are new. */
    static final long NOTHING = -1;

    static final Version NONE = new Version(0, "", Instant.EPOCH, NOTHING, Settings.NONE);

    ObjectNode json() {
        ObjectNode tree = SettingsJson.JSON.createObjectNode();
        tree.put("version", number);
        if (number > 0) {
            tree.put("by", by).put("at", at.toString());
        }
        if (restores != NOTHING) {
            tree.put("restores", restores);
        }
        tree.set("settings", SettingsJson.write(settings));
        return tree;
    }

    /**
     * Reads what {@link #json()} has written.
     *
     * @throws IllegalArgumentException if it is something else, such as what a newer gateway has written
     */
    static Version of(String json) {
        try {
            JsonNode tree = SettingsJson.JSON.readTree(json);
            SettingsJson.Read read = SettingsJson.read(tree.path("settings"));
            if (!tree.path("version").canConvertToLong() || !read.problems().isEmpty()) {
                throw new IllegalArgumentException("no settings of this gateway: " + read.problems());
            }
            return new Version(
                    tree.path("version").longValue(),
                    tree.path("by").asText(""),
                    Instant.parse(tree.path("at").asText("")),
                    tree.path("restores").asLong(NOTHING),
                    read.settings());
        } catch (JsonProcessingException | DateTimeParseException e) {
            throw new IllegalArgumentException("no settings of this gateway", e);
        }
    }
}
