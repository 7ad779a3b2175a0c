package dev.devmentor.pbml.engine.trace;

/** Whose stack trace it is. The order is that of the first byte of a fingerprint: new ones go to the end. */
public enum Language {
    JAVA,
    JAVASCRIPT,
    PYTHON,
    GO
}
