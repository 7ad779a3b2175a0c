/**
 * The PBML service: keeps what people do, and learns the patterns in it.
 */
@NullMarked
package dev.devmentor.pbml;

import org.jspecify.annotations.NullMarked;
