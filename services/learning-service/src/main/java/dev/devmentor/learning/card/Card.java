package dev.devmentor.learning.card;

import dev.devmentor.learning.engine.card.CardState;
import java.util.List;

/**
 * A card as stored.
 *
 * @param skills of the newest answer that named any
 */
public record Card(CardKey key, CardState state, List<String> skills) {}
