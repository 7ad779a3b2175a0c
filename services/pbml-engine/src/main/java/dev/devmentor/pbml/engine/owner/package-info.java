/**
 * Everything that one owner's observations teach, in one state: which errors come and what ends them, what goes with what,
 * what comes next, how a person learns, and how well all of that was foreseen. It puts the other engines together and adds no
 * statistics of its own but claims; it never reads a clock, a log or anybody else's state.
 */
@NullMarked
package dev.devmentor.pbml.engine.owner;

import org.jspecify.annotations.NullMarked;
