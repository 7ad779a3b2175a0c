/**
 * Turns a record that cannot be applied into a dead letter with its reason and its original bytes. It never decides
 * whether a record is good, and never alters what it keeps.
 */
@NullMarked
package dev.devmentor.kit.deadletter;

import org.jspecify.annotations.NullMarked;
