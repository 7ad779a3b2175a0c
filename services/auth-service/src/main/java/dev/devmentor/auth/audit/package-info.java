/**
 * Keeps what was done, by whom, when and from where, so that a later change shows. It never decides anything.
 */
@NullMarked
package dev.devmentor.auth.audit;

import org.jspecify.annotations.NullMarked;
