/**
 * Decides what a person's answers show of how they learn: mistakes that go together, items that they confuse, hours and
 * lengths of sittings that serve them well. {@link StudyPatterns} is the door. It never decides what is asked next, never
 * grades anybody, and says nothing that the person's own rates and chance explain.
 */
@NullMarked
package dev.devmentor.pbml.engine.study;

import org.jspecify.annotations.NullMarked;
