/**
 * Decides how able a person is, how hard an item is, and how likely the next answer is right, each with its uncertainty,
 * from one answer at a time. It never keeps a history, never chooses an item and knows no ids: whoever calls keeps the
 * small records of state by person, by person and skill, by person and item, and by item.
 */
@NullMarked
package dev.devmentor.learning.engine.rating;

import org.jspecify.annotations.NullMarked;
