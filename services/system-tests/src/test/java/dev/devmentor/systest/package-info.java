/**
 * The platform as processes: killed, frozen, cut off and fed by strangers. Every test compares what is stored at the end
 * with a fold of the same events that it computes itself, to the last bit. It never looks at a clock to decide whether
 * something is right.
 */
@NullMarked
package dev.devmentor.systest;

import org.jspecify.annotations.NullMarked;
