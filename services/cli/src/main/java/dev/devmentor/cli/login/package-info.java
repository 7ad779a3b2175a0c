/** Who commands act as: logging in, out, and a token for other programs. Nothing here ever prints a password. */
@NullMarked
package dev.devmentor.cli.login;

import org.jspecify.annotations.NullMarked;
