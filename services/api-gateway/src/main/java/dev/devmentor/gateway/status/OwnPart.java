package dev.devmentor.gateway.status;

import io.smallrye.mutiny.Uni;

/** Something that the gateway itself rests on. Every bean of this type is shown in the gateway's health. */
public interface OwnPart {
    /** For people and monitors, such as {@code redis}. */
    String name();

    /** Whether it is there; answered within a second. */
    Uni<State> state();
}
