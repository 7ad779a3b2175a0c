/**
 * What a client does so that the server need not be trusted: it proves a password without sending it, and encrypts what the
 * server keeps. Every byte of it stands in docs/zero-knowledge.md; it opens no connection and knows no file.
 */
@NullMarked
package dev.devmentor.clientcrypto;

import org.jspecify.annotations.NullMarked;
