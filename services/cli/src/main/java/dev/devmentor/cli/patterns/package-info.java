/**
 * Watches a build or a log in the terminal: recognises its errors, remembers them on this machine, and says of each whether
 * it was there before and what made it go. It decides what an error is and what has changed since; it never changes a
 * project, and never claims that an error is gone from a run that did not come as far as the error.
 */
@NullMarked
package dev.devmentor.cli.patterns;

import org.jspecify.annotations.NullMarked;
