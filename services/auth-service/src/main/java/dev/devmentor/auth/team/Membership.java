package dev.devmentor.auth.team;

import java.time.Instant;

/**
 * A person in a team.
 *
 * @param role {@code owner} or {@code member}
 * @param state {@code invited} until the person accepts, then {@code member}
 */
record Membership(String teamId, String accountId, String name, String role, String state, Instant since) {}
