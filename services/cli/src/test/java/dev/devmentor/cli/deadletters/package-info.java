@NullMarked
package dev.devmentor.cli.deadletters;

import org.jspecify.annotations.NullMarked;
