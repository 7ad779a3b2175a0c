package dev.devmentor.auth.personaldata;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;

/** Sections of what every account has. */
class BasicData {
    @Produces
    @Singleton
    OwnData account() {
        return new TableData("account", Set.of(), """
                SELECT id, email, email_verified, name, roles, tier, state, created_at FROM account WHERE id = ?""", Map.of());
    }

    @Produces
    @Singleton
    OwnData sessions() {
        return new TableData("sessions", Set.of("session"), """
                SELECT id, client_id, method, amr, scope, address, user_agent, created_at, auth_time, expires_at, ended_at, end_reason
                FROM session WHERE account_id = ? ORDER BY created_at, id""", Map.of());
    }

    @Produces
    @Singleton
    OwnData deviceGrants() {
        return new TableData("device-grants", Set.of("device_grant"), """
                SELECT client_id, scope, address, user_agent, created_at, state
                FROM device_grant WHERE account_id = ? ORDER BY created_at, client_id""", Map.of());
    }

    @Produces
    @Singleton
    OwnData teams() {
        return new TableData("teams", Set.of("team_member"), """
                SELECT t.id, t.name, m.role, m.state, m.since
                FROM team_member m JOIN team t ON t.id = m.team_id WHERE m.account_id = ? ORDER BY m.since, t.id""", Map.of());
    }

    @Produces
    @Singleton
    OwnData serviceAccounts() {
        return new TableData("service-accounts", Set.of("service_account"), """
                SELECT s.id, s.name, s.scope, s.tier, s.created_at,
                    (SELECT json_agg(json_build_object('id', k.id, 'createdAt', k.created_at, 'expiresAt', k.expires_at,
                            'revokedAt', k.revoked_at, 'lastUsedAt', k.last_used_at) ORDER BY k.created_at, k.id)
                     FROM api_key k WHERE k.service_account_id = s.id) AS keys
                FROM service_account s WHERE s.owner_id = ? ORDER BY s.created_at, s.id""", Map.of());
    }

    @Produces
    @Singleton
    OwnData exports() {
        return new TableData("exports", Set.of("personal_export"), """
                SELECT id, state, requested_at, finished_at, expires_at, bytes, sha256
                FROM personal_export WHERE account_id = ? ORDER BY requested_at, id""", Map.of());
    }

    @Produces
    @Singleton
    OwnData erasures() {
        return new TableData("erasure-requests", Set.of(), """
                SELECT id, state, requested_at, operator_id IS NOT NULL AS by_operator
                FROM erasure_request WHERE account_id = ? ORDER BY requested_at""", Map.of());
    }
}
