package dev.devmentor.auth.device;

import dev.devmentor.auth.session.Sessions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;

/** What a person has approved is worth no more than the sessions that they had then. */
@ApplicationScoped
class DeviceApprovals implements Sessions.Approvals {
    private final DeviceGrantTable table;

    DeviceApprovals(DeviceGrantTable table) {
        this.table = table;
    }

    @Override
    public void withdraw(Connection connection, String accountId) throws SQLException {
        table.withdraw(connection, accountId);
    }
}
