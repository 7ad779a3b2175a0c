/**
 * Puts quizzes together, from the question bank or from a text of the learner's own, and grades them, each question once. It
 * never computes an interval and never decides what a learner is good at.
 */
@NullMarked
package dev.devmentor.learning.quiz;

import org.jspecify.annotations.NullMarked;
