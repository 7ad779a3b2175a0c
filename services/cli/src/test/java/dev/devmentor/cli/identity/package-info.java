@NullMarked
package dev.devmentor.cli.identity;

import org.jspecify.annotations.NullMarked;
