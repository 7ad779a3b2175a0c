package dev.devmentor.auth.personaldata;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import dev.devmentor.kit.personaldata.PersonalDataStream;
import io.agroal.api.AgroalDataSource;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What this service itself holds of a person, in the form in which other services give it; a line for each section. */
@ApplicationScoped
class OwnExport {
    private final List<OwnData> sections;
    private final AgroalDataSource dataSource;
    private final String self;
    private final Clock clock;

    OwnExport(
            @All List<OwnData> sections,
            AgroalDataSource dataSource,
            @ConfigProperty(name = "quarkus.application.name") String self,
            Clock clock) {
        this.sections =
                sections.stream().sorted(Comparator.comparing(OwnData::name)).toList();
        this.dataSource = dataSource;
        this.self = self;
        this.clock = clock;
    }

    String service() {
        return self;
    }

    /** Counts the objects that stand in the array of a section. */
    private static final class Counting extends JsonGeneratorDelegate {
        /** The line's object, the section's array. */
        private static final int NESTING = 2;

        private long objects;

        Counting(JsonGenerator out) {
            super(out, false);
        }

        @Override
        public void writeStartObject() throws IOException {
            if (getOutputContext().inArray() && getOutputContext().getNestingDepth() == NESTING) {
                objects++;
            }
            super.writeStartObject();
        }
    }

    ExportPart write(String person, Path file, long most) throws IOException, SQLException {
        Map<String, Long> counts = new TreeMap<>();
        Map<String, String> leftOut = new TreeMap<>();
        sections.forEach(section -> leftOut.putAll(section.leftOut()));
        try (PartFile target = new PartFile(file, most);
                Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try (JsonGenerator out = PersonalDataStream.generator(target)) {
                PersonalDataStream.header(
                        out,
                        self,
                        person,
                        clock.instant(),
                        sections.stream().map(OwnData::name).toList(),
                        leftOut);
                for (OwnData section : sections) {
                    counts.put(section.name(), section(connection, person, section, out));
                }
                PersonalDataStream.footer(out, counts);
            } finally {
                connection.rollback();
            }
            target.flush();
            return new ExportPart(
                    self, "done", null, self + ".ndjson", target.bytes(), target.sha256(), Map.copyOf(counts));
        }
    }

    private static long section(Connection connection, String person, OwnData section, JsonGenerator out)
            throws IOException, SQLException {
        Counting counting = new Counting(out);
        counting.writeStartObject();
        counting.writeStringField("section", section.name());
        counting.writeFieldName("rows");
        section.write(connection, person, counting);
        counting.writeEndObject();
        return counting.objects;
    }
}
