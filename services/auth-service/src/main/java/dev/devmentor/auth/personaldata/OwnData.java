package dev.devmentor.auth.personaldata;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;

/**
 * What a feature of this service holds of a person. A secret, and what a secret could be tried against (a hash of a password, a
 * verifier), is never given: whoever gets hold of the file must not get in with it.
 */
public interface OwnData {
    /** Name of the section, for people: in lower case with hyphens. */
    String name();

    /** Tables with a foreign key to the account that the section tells of. */
    default Set<String> tables() {
        return Set.of();
    }

    /** Tables with a foreign key to the account that are left out, each with the reason; the export says so too. */
    default Map<String, String> leftOut() {
        return Map.of();
    }

    /**
     * Writes one JSON value: an array, best by {@link dev.devmentor.kit.personaldata.PersonalRows}, or an object.
     *
     * @param connection in a transaction that sees one moment and changes nothing
     */
    void write(Connection connection, String accountId, JsonGenerator out) throws SQLException, IOException;
}
