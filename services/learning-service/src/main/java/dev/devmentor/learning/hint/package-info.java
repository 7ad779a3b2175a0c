/**
 * Keeps what was learned of how a person learns, and lets it change what they are asked, visibly. It finds no pattern
 * itself, puts off no due review, and does nothing for somebody who switched it off.
 */
@NullMarked
package dev.devmentor.learning.hint;

import org.jspecify.annotations.NullMarked;
