/**
 * Lets somebody in who shows by GitHub who they are, and keeps which account of GitHub is theirs. It believes GitHub which addresses
 * are verified, and nothing else.
 */
@NullMarked
package dev.devmentor.auth.github;

import org.jspecify.annotations.NullMarked;
