/**
 * Says what this service holds of a person, so that the person gets all of it. It never decides what is kept.
 */
@NullMarked
package dev.devmentor.learning.personaldata;

import org.jspecify.annotations.NullMarked;
