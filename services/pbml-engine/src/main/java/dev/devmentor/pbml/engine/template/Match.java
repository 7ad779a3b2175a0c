package dev.devmentor.pbml.engine.template;

/**
 * A line's template and its variable parts. It refers to the line that it was made from, and reads the values from it when
 * they are asked for.
 */
public final class Match {
    private final long template;
    private final boolean first;
    private final CharSequence line;
    /** Begin, end and type of each part. */
    private final int[] parts;

    Match(long template, boolean first, CharSequence line, int[] parts) {
        this.template = template;
        this.first = first;
        this.line = line;
        this.parts = parts;
    }

    /** Id of the template; {@link TemplateMiner#template} still knows it after merges. */
    public long template() {
        return template;
    }

    /** Whether this line is the first of its template. */
    public boolean first() {
        return first;
    }

    /** How many variable parts the line has. A list has as many as it has elements. */
    public int parts() {
        return parts.length / 3;
    }

    /** What the part looks like; i from 0, in the order of the line. */
    public PartType type(int i) {
        return PartType.ALL[parts[3 * i + 2]];
    }

    /** The part as it stands in the line. */
    public String value(int i) {
        return line.subSequence(parts[3 * i], parts[3 * i + 1]).toString();
    }
}
