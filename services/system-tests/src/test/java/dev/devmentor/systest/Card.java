package dev.devmentor.systest;

import dev.devmentor.learning.engine.card.CardState;
import java.util.List;

/** What is to be known of a card. Two are equal only if every bit of the state is. */
record Card(CardState state, List<String> skills) {}
