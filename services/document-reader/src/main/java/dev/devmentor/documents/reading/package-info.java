/**
 * Reads one document within the process that was started for it. It never opens a connection, follows a reference or
 * writes a file, and says nothing of a document but its text.
 */
@NullMarked
package dev.devmentor.documents.reading;

import org.jspecify.annotations.NullMarked;
