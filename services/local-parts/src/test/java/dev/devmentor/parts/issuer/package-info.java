@NullMarked
package dev.devmentor.parts.issuer;

import org.jspecify.annotations.NullMarked;
