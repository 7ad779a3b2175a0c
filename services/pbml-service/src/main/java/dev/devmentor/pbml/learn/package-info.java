/**
 * Takes batches of events that a person sends to be learned from, such as the history of a repository, and says how far they
 * are. It decides which lines are events and whose; what is learned from them is decided where models are folded.
 */
@NullMarked
package dev.devmentor.pbml.learn;

import org.jspecify.annotations.NullMarked;
