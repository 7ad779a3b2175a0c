/**
 * Answers reads over several services in one request, within limits of depth and cost.
 */
@NullMarked
package dev.devmentor.gateway.graphql;

import org.jspecify.annotations.NullMarked;
