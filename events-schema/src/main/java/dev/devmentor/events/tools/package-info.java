/** What makes documents out of the event contracts. No service calls it. */
@NullMarked
package dev.devmentor.events.tools;

import org.jspecify.annotations.NullMarked;
