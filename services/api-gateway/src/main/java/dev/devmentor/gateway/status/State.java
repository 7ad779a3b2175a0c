package dev.devmentor.gateway.status;

import java.util.Locale;

/** How something is. */
public enum State {
    UP,
    DOWN,
    /** This installation does not have it. */
    ABSENT,
    /** Nobody can say. */
    UNKNOWN;

    /** As it is written in answers. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
