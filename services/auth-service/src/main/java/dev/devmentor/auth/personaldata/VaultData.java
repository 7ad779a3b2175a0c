package dev.devmentor.auth.personaldata;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;

/** Sections of zero-knowledge login and of the vault: as it lies there, which is encrypted for its person alone. */
class VaultData {
    @Produces
    @Singleton
    OwnData zeroKnowledgeLogin() {
        return new TableData(
                "zero-knowledge-login",
                Set.of("srp_credential"),
                "SELECT iterations, changed_at FROM srp_credential WHERE account_id = ?",
                Map.of());
    }

    @Produces
    @Singleton
    OwnData vault() {
        return new TableData(
                "vault",
                Set.of("vault"),
                """
                SELECT format, version, public_key, entries, bytes, created_at, changed_at FROM vault WHERE account_id = ?""",
                Map.of(
                        "vault_slot", "keys of the vault under your password: against them a password could be tried",
                        "vault_lookup", "how often you looked others up lately"));
    }

    @Produces
    @Singleton
    OwnData vaultEntries() {
        return new TableData("vault-entries", Set.of("vault_entry"), """
                SELECT id, version, key_version, data_key, ciphertext, updated_at
                FROM vault_entry WHERE account_id = ? ORDER BY id""", Map.of());
    }

    @Produces
    @Singleton
    OwnData vaultShares() {
        return new TableData("vault-shares", Set.of("vault_share"), """
                SELECT s.id, s.entry_id, s.owner_id = me.id AS by_you, s.accepted, s.created_at
                FROM (SELECT ?::text AS id) me JOIN vault_share s ON me.id IN (s.owner_id, s.recipient_id) ORDER BY s.id""", Map.of());
    }
}
