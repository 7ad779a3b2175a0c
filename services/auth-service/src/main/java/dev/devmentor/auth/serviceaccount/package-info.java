/**
 * Decides which programs may act for themselves, and keeps the hashes of their API keys. It never keeps a key.
 */
@NullMarked
package dev.devmentor.auth.serviceaccount;

import org.jspecify.annotations.NullMarked;
