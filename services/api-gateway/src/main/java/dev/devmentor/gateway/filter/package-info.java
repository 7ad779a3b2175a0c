/**
 * What every request passes on its way, in a fixed order: the contract between the steps. It decides nothing itself.
 */
@NullMarked
package dev.devmentor.gateway.filter;

import org.jspecify.annotations.NullMarked;
