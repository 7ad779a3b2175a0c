/**
 * Offers saved notes as cards. It never asks anybody anything: the learner decides by answering or suspending.
 */
@NullMarked
package dev.devmentor.learning.note;

import org.jspecify.annotations.NullMarked;
