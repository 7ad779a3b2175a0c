package dev.devmentor.pbml.engine.study;

/**
 * An event, as others find it.
 *
 * @param source URI reference of its source
 * @param id its id among those of its source
 */
public record EventReference(String source, String id) {}
