@NullMarked
package dev.devmentor.documents;

import org.jspecify.annotations.NullMarked;
