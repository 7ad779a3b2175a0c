/**
 * Decides that a person is forgotten everywhere, and follows it until every service has answered. What there is of a person, each
 * service and each feature knows itself.
 */
@NullMarked
package dev.devmentor.auth.erasure;

import org.jspecify.annotations.NullMarked;
