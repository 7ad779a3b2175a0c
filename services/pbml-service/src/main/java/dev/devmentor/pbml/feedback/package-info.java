/**
 * What people say of patterns: whether they helped. An entry of the log, from which the fold learns; it decides nothing itself.
 */
@NullMarked
package dev.devmentor.pbml.feedback;

import org.jspecify.annotations.NullMarked;
