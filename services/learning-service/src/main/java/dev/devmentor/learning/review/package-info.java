/**
 * Takes answers, from Kafka and over HTTP, and says what is to be reviewed now. It never computes an interval.
 */
@NullMarked
package dev.devmentor.learning.review;

import org.jspecify.annotations.NullMarked;
