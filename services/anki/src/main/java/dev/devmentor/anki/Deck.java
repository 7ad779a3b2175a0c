package dev.devmentor.anki;

/**
 * A deck.
 *
 * @param name with its parents, as Anki shows it: {@code Languages::French}
 * @param filtered whether it only borrows cards from other decks
 */
public record Deck(long id, String name, boolean filtered) {}
