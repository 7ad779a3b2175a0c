/**
 * The person's vault at the command line: everything is encrypted here, in the format of the browser, before it is sent. The
 * program is not loaded from the server that must not read it.
 */
@NullMarked
package dev.devmentor.cli.vault;

import org.jspecify.annotations.NullMarked;
