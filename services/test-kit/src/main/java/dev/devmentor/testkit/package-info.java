/**
 * What tests of services share: the real parts started once per JVM, tokens of a local issuer, reading and writing
 * topics, waiting for conditions. It knows no service and no rule of the domain.
 */
@NullMarked
package dev.devmentor.testkit;

import org.jspecify.annotations.NullMarked;
