package dev.devmentor.auth.session;

import java.time.Instant;

/**
 * Somebody has shown their second factor.
 *
 * @param since when that factor was switched on: another one that has taken its place meanwhile is not this one
 */
public record SecondFactorShown(Instant since) {}
