@NullMarked
package dev.devmentor.cli.history;

import org.jspecify.annotations.NullMarked;
