package dev.devmentor.events;

/** An event: who says so and under which identity, and what. */
public record Event<T>(Envelope envelope, T data) {}
