package dev.devmentor.kit.personaldata;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The form of what is given: JSON, a value on each line. First {@code {service, person, generatedAt, sections, leftOut}}; then for
 * each row {@code {section, row}}; at the end {@code {complete: true, counts}}, without which something is missing.
 */
public final class PersonalDataStream {
    /** Media type of the stream. */
    public static final String NDJSON = "application/x-ndjson";

    private static final JsonFactory FACTORY = new JsonFactory();

    private PersonalDataStream() {}

    /**
     * Writes everything.
     *
     * @param connection in a transaction that sees one moment
     */
    static void write(
            OutputStream target, Connection connection, PersonalData data, String service, String person, Instant now)
            throws IOException, SQLException {
        Object key = data.keyOf(connection, person);
        List<Section> sections = data.sections();
        try (JsonGenerator out = generator(target)) {
            header(
                    out,
                    service,
                    person,
                    now,
                    sections.stream().map(Section::name).toList(),
                    data.leftOut());
            Map<String, Long> counts = new LinkedHashMap<>();
            for (Section section : sections) {
                counts.put(section.name(), rows(connection, out, section, key));
            }
            footer(out, counts);
        }
    }

    /** A generator that writes a value on each line and leaves the stream open. */
    public static JsonGenerator generator(OutputStream target) throws IOException {
        JsonGenerator out = FACTORY.createGenerator(target);
        out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        out.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
        out.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
        out.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
        return out;
    }

    /** Writes the first line. */
    public static void header(
            JsonGenerator out,
            String service,
            String person,
            Instant now,
            List<String> sections,
            Map<String, String> leftOut)
            throws IOException {
        out.writeStartObject();
        out.writeStringField("service", service);
        out.writeStringField("person", person);
        out.writeStringField("generatedAt", now.toString());
        out.writeArrayFieldStart("sections");
        for (String section : sections) {
            out.writeString(section);
        }
        out.writeEndArray();
        out.writeObjectFieldStart("leftOut");
        for (Map.Entry<String, String> left : new TreeMap<>(leftOut).entrySet()) {
            out.writeStringField(left.getKey(), left.getValue());
        }
        out.writeEndObject();
        out.writeEndObject();
    }

    /** Writes the last line. */
    public static void footer(JsonGenerator out, Map<String, Long> counts) throws IOException {
        out.writeStartObject();
        out.writeBooleanField("complete", true);
        out.writeObjectFieldStart("counts");
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            out.writeNumberField(count.getKey(), count.getValue());
        }
        out.writeEndObject();
        out.writeEndObject();
        out.writeRaw('\n');
    }

    /** Puts a row in its section. */
    public static PersonalRows.RowFrame frame(String section) {
        return (out, row) -> {
            out.writeStartObject();
            out.writeStringField("section", section);
            out.writeFieldName("row");
            row.write();
            out.writeEndObject();
        };
    }

    private static long rows(Connection connection, JsonGenerator out, Section section, @Nullable Object key)
            throws SQLException, IOException {
        if (key == null) {
            return 0;
        }
        return PersonalRows.write(connection, out, section.query(), key, section.columns(), frame(section.name()));
    }
}
