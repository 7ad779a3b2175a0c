package dev.devmentor.gateway.settings;

/** What one part of the gateway tells operators of its state. All beans of this type are asked. */
public interface StateSection {
    /** Name of the section in the answer. */
    String name();

    /** Maps, lists, texts and numbers only. */
    Object state();
}
