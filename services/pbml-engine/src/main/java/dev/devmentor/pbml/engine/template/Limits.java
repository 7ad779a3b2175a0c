package dev.devmentor.pbml.engine.template;

/**
 * What a miner may take up.
 *
 * @param templates live templates; above it the least used ones go
 * @param merges merged or forgotten ids that still resolve to their present template; above it the oldest go
 * @param tokens words and variable parts of a line; what follows them is one part of type TEXT
 * @param characters of a line; what follows them is not read
 * @param bytes of memory for the templates; above it the least used ones go
 */
public record Limits(int templates, int merges, int tokens, int characters, long bytes) {

    /** For one scope. */
    public static final Limits DEFAULT = new Limits(10_000, 40_000, 192, 4_096, 64L << 20);

    public Limits {
        if (templates < 16
                || merges < 1
                || tokens < 8
                || tokens > 4_096
                || characters < 64
                || characters > 1 << 20
                || bytes < 1 << 16) {
            throw new IllegalArgumentException("limits out of range: " + templates + " templates, " + merges
                    + " merges, " + tokens + " tokens, " + characters + " characters, " + bytes + " bytes");
        }
    }
}
