/**
 * Anki's packages, {@code .apkg} and {@code .colpkg}: which decks, notes, cards and reviews are in one, and how to write
 * one. It decides nothing about learning, sends nothing, and never trusts a file: each is read as if somebody had made it
 * to do harm.
 */
@NullMarked
package dev.devmentor.anki;

import org.jspecify.annotations.NullMarked;
