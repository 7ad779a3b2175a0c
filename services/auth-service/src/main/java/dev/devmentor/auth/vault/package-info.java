/**
 * Keeps what clients have encrypted, and passes on to others what its owner has encrypted for them. It can read none of it, and
 * decides only who may have which ciphertext, in which version, and how much of it.
 */
@NullMarked
package dev.devmentor.auth.vault;

import org.jspecify.annotations.NullMarked;
