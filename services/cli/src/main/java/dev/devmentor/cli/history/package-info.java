/** Brings a review history into the platform, through Kafka as any producer would. */
@NullMarked
package dev.devmentor.cli.history;

import org.jspecify.annotations.NullMarked;
