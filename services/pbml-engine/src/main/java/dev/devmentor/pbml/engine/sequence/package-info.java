/**
 * Decides what comes next in a sequence of symbols, and how probable it is, from what came so far. It never knows what a
 * symbol stands for.
 */
@NullMarked
package dev.devmentor.pbml.engine.sequence;

import org.jspecify.annotations.NullMarked;
