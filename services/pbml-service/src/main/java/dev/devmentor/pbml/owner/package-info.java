/**
 * Whose observations there are: people, and repositories for what was nobody's run. Decides who may be added and hands out
 * the one lock under which anything of an owner changes. It never says who may see what.
 */
@NullMarked
package dev.devmentor.pbml.owner;

import org.jspecify.annotations.NullMarked;
