/** The first command: everything is running, the demo's history is there, and a person knows what to do next. */
@NullMarked
package dev.devmentor.cli.up;

import org.jspecify.annotations.NullMarked;
