/**
 * Says what has to be folded soon, and when whoever folds should keep out of the way of what comes in. What is folded and how,
 * each service knows itself.
 */
@NullMarked
package dev.devmentor.kit.fold;

import org.jspecify.annotations.NullMarked;
