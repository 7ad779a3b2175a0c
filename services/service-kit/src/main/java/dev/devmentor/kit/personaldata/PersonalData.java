package dev.devmentor.kit.personaldata;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a service holds of people. A service that has one bean of this type answers {@code GET /personal-data}; every table from
 * which the service deletes when a person is erased stands in a section or among what is left out.
 */
public interface PersonalData {
    /** The sections, in the order in which they are written. */
    List<Section> sections();

    /** Tables with rows of people that say nothing beyond the sections, each with the reason; the export says so too. */
    Map<String, String> leftOut();

    /**
     * What stands for a person in this service's tables, and is the only parameter of each section's query.
     *
     * @param person the id of the person everywhere else
     * @return null if nothing is held of them
     */
    @Nullable Object keyOf(Connection connection, String person) throws SQLException;
}
