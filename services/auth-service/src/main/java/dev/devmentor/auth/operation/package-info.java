/**
 * Lets operators decide of accounts: tier, roles, and whether they may be used. It never shows what belongs to a person beyond that,
 * and never lets anybody in.
 */
@NullMarked
package dev.devmentor.auth.operation;

import org.jspecify.annotations.NullMarked;
