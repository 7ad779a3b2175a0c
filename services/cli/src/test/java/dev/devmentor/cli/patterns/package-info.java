@NullMarked
package dev.devmentor.cli.patterns;

import org.jspecify.annotations.NullMarked;
