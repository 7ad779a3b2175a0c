/**
 * Prepares a learner for an interview: what a CV claims and a job wants, how far they are apart, and a plan by day. It never
 * stores or logs a document, and never takes a claim for more than a claim.
 */
@NullMarked
package dev.devmentor.learning.interview;

import org.jspecify.annotations.NullMarked;
