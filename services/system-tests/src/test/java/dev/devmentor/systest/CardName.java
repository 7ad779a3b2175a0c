package dev.devmentor.systest;

/** A card by the names that the outside knows. */
record CardName(String learner, String item) {}
