/**
 * Answers errors over HTTP as RFC 9457 problems from one place. It never shows a stack trace, a class name or a
 * value that the caller did not send.
 */
@NullMarked
package dev.devmentor.kit.problem;

import org.jspecify.annotations.NullMarked;
