@NullMarked
package dev.devmentor.parts;

import org.jspecify.annotations.NullMarked;
