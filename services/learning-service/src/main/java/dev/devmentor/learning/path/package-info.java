/**
 * Plans a learner's way to a goal and keeps the plan up to date with the answers. It never decides what is asked and reads
 * texts only for the skills in them.
 */
@NullMarked
package dev.devmentor.learning.path;

import org.jspecify.annotations.NullMarked;
