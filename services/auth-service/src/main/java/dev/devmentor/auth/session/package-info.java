/**
 * Decides how long somebody stays logged in, and ends it: sessions, refresh tokens and their families. It never decides who somebody is.
 */
@NullMarked
package dev.devmentor.auth.session;

import org.jspecify.annotations.NullMarked;
