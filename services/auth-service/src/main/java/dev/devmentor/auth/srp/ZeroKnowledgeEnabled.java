package dev.devmentor.auth.srp;

import dev.devmentor.kit.transaction.UnitOfWork;

/**
 * Fired in the transaction in which an account's password becomes one that never comes here: whoever keeps a hash of the old one
 * deletes it with this connection.
 */
public record ZeroKnowledgeEnabled(UnitOfWork work, String accountId) {}
