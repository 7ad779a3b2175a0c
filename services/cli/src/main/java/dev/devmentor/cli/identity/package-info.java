/**
 * Gets access tokens from the auth service, as a client of it: by the login that is kept, or for the launcher of a laptop. It
 * never decides what somebody may do, and knows nothing of where a platform runs.
 */
@NullMarked
package dev.devmentor.cli.identity;

import org.jspecify.annotations.NullMarked;
