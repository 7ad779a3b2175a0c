package dev.devmentor.pbml.engine.trace;

/**
 * What a fault is recognised by: 16 hexadecimal digits each. Lines, messages and the depth of a recursion are in none of
 * them.
 *
 * @param exact language, type and all own frames, of the fault and of all that belong to it
 * @param loose language, type and the innermost own frames: the same fault on another way
 * @param root the same of the root cause: another wrapping of it
 */
public record Fingerprint(String exact, String loose, String root) {}
