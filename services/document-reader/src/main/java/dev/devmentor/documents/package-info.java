/**
 * Decides how a document from outside is read without harm: in a process of its own, with limits, to lines of text or a
 * reason. It never keeps, shows or logs anything of a document, and never reads a PDF or DOCX in the process that asks.
 */
@NullMarked
package dev.devmentor.documents;

import org.jspecify.annotations.NullMarked;
