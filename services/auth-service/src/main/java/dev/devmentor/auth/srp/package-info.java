/**
 * Decides whether somebody knows a password that never comes here (SRP-6a). It stores a verifier and never learns a password or
 * a key that is made of it; whether there is such a login for an address shows only who has the password.
 */
@NullMarked
package dev.devmentor.auth.srp;

import org.jspecify.annotations.NullMarked;
