/**
 * Feeds the parsers bytes that nobody would send: coverage-guided with Jazzer, from fixed seeds in the ordinary tests. It
 * decides whether a parser keeps what its documentation promises for any input, within its time.
 */
@NullMarked
package dev.devmentor.fuzz;

import org.jspecify.annotations.NullMarked;
