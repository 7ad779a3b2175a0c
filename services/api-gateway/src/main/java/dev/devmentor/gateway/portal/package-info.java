/**
 * Shows developers what there is, lets them try it with their own token, and shows their keys and usage.
 */
@NullMarked
package dev.devmentor.gateway.portal;

import org.jspecify.annotations.NullMarked;
