/**
 * Gathers everything that the platform holds of a person into one file, for that person alone. It asks each service with the
 * person's own token, and says which service was silent; it never leaves one out without saying so.
 */
@NullMarked
package dev.devmentor.auth.personaldata;

import org.jspecify.annotations.NullMarked;
