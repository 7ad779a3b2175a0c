package dev.devmentor.auth.registration;

import dev.devmentor.kit.transaction.UnitOfWork;

/**
 * Fired in the transaction in which a person has set a new password by a link, without knowing the old one: whoever keeps something
 * that the old one opens decides what becomes of it.
 */
public record PasswordReset(UnitOfWork work, String accountId) {}
