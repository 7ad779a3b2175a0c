package dev.devmentor.kit.telemetry;

import java.util.Locale;

/** What became of a received event. */
public enum Outcome {
    /** It changed state. */
    APPLIED,
    /** It had been applied before; nothing changed. */
    DUPLICATE,
    /** It concerns an erased person or nothing that this service keeps; nothing changed. */
    IGNORED,
    /** It went to the dead letters. */
    DEAD_LETTER;

    /** The value of the metric's {@code outcome} tag. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
