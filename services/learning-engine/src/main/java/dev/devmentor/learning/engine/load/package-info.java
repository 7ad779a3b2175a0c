/**
 * Estimates how much a person's mind carries in the session under way, and what follows for the mix and for a break. It
 * chooses no question and keeps nothing of sessions that are over but the person's own pace.
 */
@NullMarked
package dev.devmentor.learning.engine.load;

import org.jspecify.annotations.NullMarked;
