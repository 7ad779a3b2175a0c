/**
 * Notes which skills open tasks need, so that what is weak of them comes up for review. It never changes a card.
 */
@NullMarked
package dev.devmentor.learning.task;

import org.jspecify.annotations.NullMarked;
