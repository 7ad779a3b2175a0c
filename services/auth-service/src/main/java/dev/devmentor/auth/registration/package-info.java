/**
 * Decides how somebody gets an account and a password: registering, confirming the address, setting a new password by a link. It
 * never says whether an address has an account.
 */
@NullMarked
package dev.devmentor.auth.registration;

import org.jspecify.annotations.NullMarked;
