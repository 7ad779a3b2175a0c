/**
 * The question bank: what a question is, how the files that hold it are read and checked, and how an answer is graded. It
 * never decides who is asked what.
 */
@NullMarked
package dev.devmentor.learning.bank;

import org.jspecify.annotations.NullMarked;
