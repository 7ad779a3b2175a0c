package dev.devmentor.pbml.engine.trace;

/** What a {@link LineAssembler} makes of the lines of a log. */
public sealed interface Entry {

    /** A line that belongs to no stack trace. */
    record Line(String text) implements Entry {}

    /**
     * The lines of one stack trace.
     *
     * @param text as it came, without what was above the limits
     */
    record Traced(String text, Trace trace) implements Entry {}
}
