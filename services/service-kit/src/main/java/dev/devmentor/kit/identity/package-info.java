/**
 * Says who calls, from the verified token alone. It never trusts a path, a body or a header for that.
 */
@NullMarked
package dev.devmentor.kit.identity;

import org.jspecify.annotations.NullMarked;
