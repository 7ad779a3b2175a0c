/**
 * Knows the skills that there are and what a learner's answers say of them. It never records anything and chooses nothing.
 */
@NullMarked
package dev.devmentor.learning.skill;

import org.jspecify.annotations.NullMarked;
