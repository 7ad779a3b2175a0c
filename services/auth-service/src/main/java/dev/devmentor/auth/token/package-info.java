/**
 * Decides what a token says, which key signs it, and who gets one for what (OAuth 2.0, OpenID Connect). It never checks a password.
 */
@NullMarked
package dev.devmentor.auth.token;

import org.jspecify.annotations.NullMarked;
