/**
 * Times as logs keep them. It reads no clock.
 */
@NullMarked
package dev.devmentor.kit.time;

import org.jspecify.annotations.NullMarked;
