/**
 * Decides how large a request may be on which path, and reads what all lists have in their query. It never reads a body.
 */
@NullMarked
package dev.devmentor.kit.http;

import org.jspecify.annotations.NullMarked;
