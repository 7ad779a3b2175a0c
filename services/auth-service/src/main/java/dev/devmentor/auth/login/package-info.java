/**
 * Decides whether somebody is let in by a password, and changes it for who is. Right and unknown look the same from outside, in what
 * is said and in how long it takes.
 */
@NullMarked
package dev.devmentor.auth.login;

import org.jspecify.annotations.NullMarked;
