/**
 * Decides what hints of how a person learns change in a list of questions: what stands next to what, what comes forward or
 * in, and how long and how new a sitting should be. It finds no pattern itself, and puts off no due review for one.
 */
@NullMarked
package dev.devmentor.learning.engine.hint;

import org.jspecify.annotations.NullMarked;
