/**
 * Decides whether a program without a browser may act for a person who approves it elsewhere (RFC 8628). It opens no session itself.
 */
@NullMarked
package dev.devmentor.auth.device;

import org.jspecify.annotations.NullMarked;
