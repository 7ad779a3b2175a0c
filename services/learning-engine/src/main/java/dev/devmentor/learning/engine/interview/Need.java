package dev.devmentor.learning.engine.interview;

/** How much a job insists on a skill. */
public enum Need {
    REQUIRED,
    OPTIONAL
}
