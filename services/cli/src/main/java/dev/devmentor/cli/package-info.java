/** The devmentor command. Each package is one thing that a person does with it. */
@NullMarked
package dev.devmentor.cli;

import org.jspecify.annotations.NullMarked;
