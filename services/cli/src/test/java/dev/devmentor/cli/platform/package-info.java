@NullMarked
package dev.devmentor.cli.platform;

import org.jspecify.annotations.NullMarked;
