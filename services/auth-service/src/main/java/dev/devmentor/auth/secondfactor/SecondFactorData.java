package dev.devmentor.auth.secondfactor;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.devmentor.auth.personaldata.OwnData;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Whether a person has a second factor. Neither the secret is given nor hashes of codes: one gets in with the first. */
@ApplicationScoped
class SecondFactorData implements OwnData {
    private final SecondFactorTable table;

    SecondFactorData(SecondFactorTable table) {
        this.table = table;
    }

    @Override
    public String name() {
        return "second-factor";
    }

    @Override
    public Set<String> tables() {
        return Set.of("second_factor", "recovery_code");
    }

    @Override
    public void write(Connection connection, String accountId, JsonGenerator out) throws SQLException, IOException {
        Optional<SecondFactorTable.Factor> factor = table.find(connection, accountId);
        Instant since = factor.isEmpty() ? null : factor.get().since();
        out.writeStartObject();
        out.writeBooleanField("on", since != null);
        if (since != null) {
            out.writeStringField("since", since.toString());
            out.writeNumberField("recoveryCodesLeft", table.codesLeft(connection, accountId));
        }
        out.writeEndObject();
    }
}
