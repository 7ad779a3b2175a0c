/**
 * Takes what happens, from Kafka and from clients over HTTP, into the log of observations. It decides whose an event is, and never what it means.
 */
@NullMarked
package dev.devmentor.pbml.capture;

import org.jspecify.annotations.NullMarked;
