/**
 * What holds for every request and every answer at the edge: ids, traces, forwarded-headers, CORS, security headers,
 * hygiene.
 */
@NullMarked
package dev.devmentor.gateway.edge;

import org.jspecify.annotations.NullMarked;
