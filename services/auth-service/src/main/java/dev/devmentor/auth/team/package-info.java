/**
 * Decides who belongs to which team. It never decides what a team sees.
 */
@NullMarked
package dev.devmentor.auth.team;

import org.jspecify.annotations.NullMarked;
