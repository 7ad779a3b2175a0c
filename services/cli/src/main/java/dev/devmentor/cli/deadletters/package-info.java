/** Sends dead letters to their service once more. Never deletes one. */
@NullMarked
package dev.devmentor.cli.deadletters;

import org.jspecify.annotations.NullMarked;
