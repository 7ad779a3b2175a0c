/**
 * Decides how large a request may be on which path. It never reads a body.
 */
@NullMarked
package dev.devmentor.kit.http;

import org.jspecify.annotations.NullMarked;
