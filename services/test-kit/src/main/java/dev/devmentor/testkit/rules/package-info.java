/**
 * What the tests of every service keep to. It starts nothing.
 */
@NullMarked
package dev.devmentor.testkit.rules;

import org.jspecify.annotations.NullMarked;
