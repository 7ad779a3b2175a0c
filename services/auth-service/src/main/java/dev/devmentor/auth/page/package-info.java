/**
 * Finds the pages of the auth service by names without an ending, and tells browsers what they may do. Pages are static: what they
 * show, they ask the API for.
 */
@NullMarked
package dev.devmentor.auth.page;

import org.jspecify.annotations.NullMarked;
