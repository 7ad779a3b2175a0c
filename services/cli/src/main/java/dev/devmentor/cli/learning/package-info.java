/** What a learner and an operator ask of the learning service, over HTTP as any client would. */
@NullMarked
package dev.devmentor.cli.learning;

import org.jspecify.annotations.NullMarked;
