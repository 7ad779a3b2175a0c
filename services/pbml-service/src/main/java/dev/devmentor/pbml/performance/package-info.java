/**
 * Shows what is known of a person, how much of it there is and how well it foresaw what came. It measures nothing: the fold
 * judges each prediction before it learns.
 */
@NullMarked
package dev.devmentor.pbml.performance;

import org.jspecify.annotations.NullMarked;
