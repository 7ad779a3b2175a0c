package dev.devmentor.pbml.personaldata;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.devmentor.kit.personaldata.ColumnWriter;
import dev.devmentor.kit.personaldata.PersonalData;
import dev.devmentor.kit.personaldata.Section;
import dev.devmentor.pbml.log.ObservationKind;
import dev.devmentor.pbml.owner.Owner;
import dev.devmentor.pbml.owner.OwnerName;
import dev.devmentor.pbml.owner.Owners;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything of a person: what was observed, said and set (the log), the patterns in it, contexts, and what is shared of it. */
@ApplicationScoped
class PbmlPersonalData implements PersonalData {
    private static final String KEY = "owner_id";
    private static final ColumnWriter PATTERN_KIND =
            ColumnWriter.named(0, "template", "error", "sequence", "related-files", "mistake", "confusion", "rhythm");

    private static final List<Section> SECTIONS = List.of(
            Section.ofTable(
                    "profile", "owner", "id", "id", Map.of("kind", ColumnWriter.named(1, "person", "repository"))),
            Section.ofTable(
                    "observations",
                    "observation",
                    KEY,
                    "at_us, source, event_id",
                    Map.of("kind", PbmlPersonalData::kind, "data", ColumnWriter.JSON)),
            Section.ofTable(
                    "patterns",
                    "pattern",
                    KEY,
                    "pattern_id",
                    Map.of(
                            "kind",
                            PATTERN_KIND,
                            "state",
                            ColumnWriter.named(0, "candidate", "active", "stale", "retired"),
                            "detail",
                            ColumnWriter.JSON)),
            Section.ofTable("announcements", "announcement", KEY, "pattern_id", Map.of()),
            Section.ofTable("contexts", "context", KEY, "saved_us, context_id", Map.of("data", ColumnWriter.JSON)),
            Section.ofTable("learn-jobs", "learn_job", KEY, "started_us, id", Map.of("reasons", ColumnWriter.JSON)),
            Section.ofTable(
                    "contributions",
                    "contribution",
                    KEY,
                    "scope, scope_id, pattern_id",
                    Map.of(
                            "scope",
                            ColumnWriter.named(2, "team", "everyone"),
                            "kind",
                            PATTERN_KIND,
                            "detail",
                            ColumnWriter.JSON)),
            Section.ofTable("sharing", "sharing", KEY, KEY, Map.of()));

    private static final Map<String, String> LEFT_OUT = Map.of(
            "touched", "notes that the log grew and is to be folded; they last some seconds",
            "fold", "how far the observations have been folded into patterns",
            "model", "a compressed form of what follows from the observations; what it says stands in the patterns");

    private final Owners owners;

    PbmlPersonalData(Owners owners) {
        this.owners = owners;
    }

    @Override
    public List<Section> sections() {
        return SECTIONS;
    }

    @Override
    public Map<String, String> leftOut() {
        return LEFT_OUT;
    }

    @Override
    public @Nullable Object keyOf(Connection connection, String person) throws SQLException {
        Owner owner = owners.find(connection, OwnerName.person(person));
        return owner == null ? null : owner.id();
    }

    private static void kind(JsonGenerator out, String field, ResultSet row, int column)
            throws SQLException, IOException {
        out.writeStringField(
                field,
                ObservationKind.of(row.getInt(column))
                        .name()
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-'));
    }
}
