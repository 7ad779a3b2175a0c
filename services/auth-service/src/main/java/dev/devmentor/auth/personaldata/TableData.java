package dev.devmentor.auth.personaldata;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.devmentor.kit.personaldata.PersonalRows;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;

/**
 * A section that is one query.
 *
 * @param query with the account's id as its only parameter; it names its columns, so that none with a secret comes in by itself
 */
record TableData(String name, Set<String> tables, String query, Map<String, String> leftOut) implements OwnData {
    @Override
    public void write(Connection connection, String accountId, JsonGenerator out) throws SQLException, IOException {
        out.writeStartArray();
        PersonalRows.write(connection, out, query, accountId, Map.of());
        out.writeEndArray();
    }
}
