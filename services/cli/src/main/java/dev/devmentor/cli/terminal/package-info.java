/** How the command speaks: what it prints, and how it says that it failed. */
@NullMarked
package dev.devmentor.cli.terminal;

import org.jspecify.annotations.NullMarked;
