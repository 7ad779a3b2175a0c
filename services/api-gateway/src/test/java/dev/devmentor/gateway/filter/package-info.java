/** Requests made by hand, for tests of filters. They decide nothing. */
@NullMarked
package dev.devmentor.gateway.filter;

import org.jspecify.annotations.NullMarked;
