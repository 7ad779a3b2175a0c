@NullMarked
package dev.devmentor.cli.vault;

import org.jspecify.annotations.NullMarked;
