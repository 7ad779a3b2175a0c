/**
 * Lets a learner choose scheduler, retention, zone and day boundary. A change is an entry of the log like any other;
 * it never moves a due date unless asked to.
 */
@NullMarked
package dev.devmentor.learning.settings;

import org.jspecify.annotations.NullMarked;
