@NullMarked
package dev.devmentor.testkit;

import org.jspecify.annotations.NullMarked;
