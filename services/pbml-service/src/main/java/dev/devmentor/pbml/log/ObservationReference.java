package dev.devmentor.pbml.log;

import dev.devmentor.pbml.engine.owner.EventKey;
import java.util.UUID;

/**
 * What evidence says of an observation: that it is there, not what is in it.
 *
 * @param key time, source and id
 * @param eventKey first 128 bits of SHA-256 over source and id
 */
public record ObservationReference(EventKey key, UUID eventKey, ObservationKind kind) {}
