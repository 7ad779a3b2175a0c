/** Tests of the event contracts, and what the tests of services share. */
@NullMarked
package dev.devmentor.events;

import org.jspecify.annotations.NullMarked;
