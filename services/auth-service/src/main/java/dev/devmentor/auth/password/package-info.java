/**
 * Decides which passwords are good enough, and whether one is right. It knows no account and keeps no password.
 */
@NullMarked
package dev.devmentor.auth.password;

import org.jspecify.annotations.NullMarked;
