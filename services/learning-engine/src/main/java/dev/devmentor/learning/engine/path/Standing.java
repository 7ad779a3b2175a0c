package dev.devmentor.learning.engine.path;

/**
 * What is known of a person in a skill.
 *
 * @param ability logits
 * @param uncertainty standard deviation of it, logits
 * @param answers so far, in this very skill
 */
public record Standing(double ability, double uncertainty, int answers) {}
