/**
 * Answers what a person is likely to do or to meet next, with the events that each answer rests on, and lets them take such
 * events away. It decides which evidence is shown and when others' knowledge stands in; it learns nothing itself.
 */
@NullMarked
package dev.devmentor.pbml.predict;

import org.jspecify.annotations.NullMarked;
