@NullMarked
package dev.devmentor.documents.reading;

import org.jspecify.annotations.NullMarked;
