package dev.devmentor.auth.srp;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.devmentor.auth.personaldata.OwnData;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** Whether a person's password is one that never comes here. The verifier is not given: a password could be tried against it. */
@ApplicationScoped
class SrpData implements OwnData {
    private final SrpCredentials credentials;

    SrpData(SrpCredentials credentials) {
        this.credentials = credentials;
    }

    @Override
    public String name() {
        return "zero-knowledge-login";
    }

    @Override
    public Set<String> tables() {
        return Set.of("srp_credential");
    }

    @Override
    public void write(Connection connection, String accountId, JsonGenerator out) throws SQLException, IOException {
        Optional<SrpParameters> found = credentials.parameters(connection, accountId);
        out.writeStartObject();
        out.writeBooleanField("enabled", found.isPresent());
        if (found.isPresent()) {
            out.writeStringField("salt", found.get().salt());
            out.writeStringField("iterations", String.valueOf(found.get().iterations()));
        }
        out.writeEndObject();
    }
}
