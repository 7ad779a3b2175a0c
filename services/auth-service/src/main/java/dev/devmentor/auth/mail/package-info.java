/**
 * Brings letters to people, as often as it takes and no longer than they are of use. It never decides what they say or who gets one.
 */
@NullMarked
package dev.devmentor.auth.mail;

import org.jspecify.annotations.NullMarked;
