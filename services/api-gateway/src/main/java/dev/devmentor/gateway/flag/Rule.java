package dev.devmentor.gateway.flag;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who gets a variant: those for whom every condition that is given holds.
 *
 * @param roles one of which is needed; empty for no such condition. The same for tiers, teams and ids
 * @param percentage 0 to 100 of all ids, always the same ones; null for no such condition. Nobody in particular is in none
 */
record Rule(
        String variant,
        Set<String> roles,
        Set<String> tiers,
        Set<String> teams,
        Set<String> ids,
        @Nullable Double percentage) {
    private static final int BUCKETS = 10_000;
    private static final int PER_PERCENT = BUCKETS / 100;

    Rule {
        roles = Set.copyOf(roles);
        tiers = Set.copyOf(tiers);
        teams = Set.copyOf(teams);
        ids = Set.copyOf(ids);
    }

    boolean matches(String flag, Subject subject) {
        String id = subject.id();
        return meets(roles, subject.roles())
                && meets(tiers, List.of(subject.tier()))
                && meets(teams, subject.teams())
                && (ids.isEmpty() || (id != null && ids.contains(id)))
                && (percentage == null || (id != null && bucket(flag, id) < percentage * PER_PERCENT));
    }

    private static boolean meets(Set<String> wanted, List<String> has) {
        return wanted.isEmpty() || has.stream().anyMatch(wanted::contains);
    }

    /**
     * Where an id is among 10 000 buckets: the same on every machine and after every restart, and another for each flag, so
     * that it is not always the same people who get what is new. Raising a percentage only adds people.
     */
    static int bucket(String flag, String id) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(flag.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            byte[] hash = digest.digest(id.getBytes(StandardCharsets.UTF_8));
            long first = 0;
            for (int i = 0; i < Integer.BYTES; i++) {
                first = first << Byte.SIZE | (hash[i] & 0xFF);
            }
            return (int) (first * BUCKETS >>> Integer.SIZE);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
