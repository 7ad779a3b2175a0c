/**
 * Decides who has an account, under which address, with which roles and tier. It never sees a password.
 */
@NullMarked
package dev.devmentor.auth.account;

import org.jspecify.annotations.NullMarked;
