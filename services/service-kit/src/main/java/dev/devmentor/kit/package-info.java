/**
 * What every service shares. It knows no word of the domain, and is small enough to be read in an hour.
 */
@NullMarked
package dev.devmentor.kit;

import org.jspecify.annotations.NullMarked;
