/**
 * The auth service: who somebody is, for all services. Each feature has a package; package-info says what it decides.
 */
@NullMarked
package dev.devmentor.auth;

import org.jspecify.annotations.NullMarked;
