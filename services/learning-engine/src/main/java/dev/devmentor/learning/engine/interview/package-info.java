/**
 * Decides what a job asks for, what a CV claims, how far the two are apart, and what to do on which day until the
 * interview. It never reads a file, knows no names of skills, and takes what was measured for truer than what is claimed.
 */
@NullMarked
package dev.devmentor.learning.engine.interview;

import org.jspecify.annotations.NullMarked;
