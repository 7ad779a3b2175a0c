@NullMarked
package dev.devmentor.cli.learning;

import org.jspecify.annotations.NullMarked;
