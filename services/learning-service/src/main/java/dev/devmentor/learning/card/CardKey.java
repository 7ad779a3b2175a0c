package dev.devmentor.learning.card;

/** Names a card: one learner's knowledge of one item. */
public record CardKey(long learnerId, String item) {}
