package dev.devmentor.auth.personaldata;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;

/** Sections of how somebody logs in, and of what was noted of it. */
class LoginData {
    @Produces
    @Singleton
    OwnData password() {
        return new TableData(
                "password",
                Set.of("password"),
                "SELECT changed_at FROM password WHERE account_id = ?",
                Map.of(
                        "mail_token", "links that were sent by mail: each is as good as a password",
                        "mail", "letters that are on their way to you; they are gone once they are sent"));
    }

    @Produces
    @Singleton
    OwnData github() {
        return new TableData("github", Set.of("github_link"), """
                SELECT github_id, login, scope, sealed_token IS NOT NULL AS token_kept, linked_at
                FROM github_link WHERE account_id = ?""", Map.of());
    }

    @Produces
    @Singleton
    OwnData auditLog() {
        return new TableData("audit-log", Set.of(), """
                SELECT seq, to_timestamp(at_us / 1000000.0) AS at, action, actor IS NOT NULL AS by_somebody_else, origin::json AS origin
                FROM audit_entry WHERE subject = ? ORDER BY seq""", Map.of());
    }
}
