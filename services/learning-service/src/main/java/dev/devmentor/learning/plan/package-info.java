/**
 * Plans: moves of many cards at once, previewed, recorded under one id and taken back as one. It decides nothing about a
 * card's memory and keeps no due date of its own: what a plan moves are entries of the review log.
 */
@NullMarked
package dev.devmentor.learning.plan;

import org.jspecify.annotations.NullMarked;
