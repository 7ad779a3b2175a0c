@NullMarked
package dev.devmentor.cli;

import org.jspecify.annotations.NullMarked;
