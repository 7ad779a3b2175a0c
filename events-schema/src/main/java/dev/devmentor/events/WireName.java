package dev.devmentor.events;

/** A constant that stands in events under a stable name of its own. */
public interface WireName {
    String wire();
}
