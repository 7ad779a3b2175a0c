/**
 * What teams and everyone know: adds up what their members' patterns say, in numbered epochs, and announces it. It decides who
 * contributes what and how many people a pattern needs, and never shows whose it was.
 */
@NullMarked
package dev.devmentor.pbml.share;

import org.jspecify.annotations.NullMarked;
