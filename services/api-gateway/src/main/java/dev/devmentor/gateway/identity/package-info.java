/**
 * Decides who calls, by an access token or an API key. It never decides what they may do behind the gateway.
 */
@NullMarked
package dev.devmentor.gateway.identity;

import org.jspecify.annotations.NullMarked;
