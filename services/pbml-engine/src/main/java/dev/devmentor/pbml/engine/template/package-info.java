/**
 * Decides which template a line of a log belongs to, while lines stream in, and of which kind its variable parts are. It
 * never keeps a line, and never more than its bound.
 */
@NullMarked
package dev.devmentor.pbml.engine.template;

import org.jspecify.annotations.NullMarked;
