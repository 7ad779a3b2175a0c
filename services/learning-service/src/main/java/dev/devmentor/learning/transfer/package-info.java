/**
 * Brings in what a person learned elsewhere (Anki, CSV, an export of DevMentor) and gives them everything that is kept of
 * them. It decides what of a file is taken and under which ids, so that nothing is doubled; it never decides when a card
 * is due, and never keeps the file.
 */
@NullMarked
package dev.devmentor.learning.transfer;

import org.jspecify.annotations.NullMarked;
