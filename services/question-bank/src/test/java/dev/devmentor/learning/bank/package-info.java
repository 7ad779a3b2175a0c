@NullMarked
package dev.devmentor.learning.bank;

import org.jspecify.annotations.NullMarked;
