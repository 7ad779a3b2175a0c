/**
 * Database files in SQLite's format 3, read and written in Java. No statement is ever run: a file is pages, trees and
 * records, and nothing in it can ask for more than that.
 */
@NullMarked
package dev.devmentor.anki.sqlite;

import org.jspecify.annotations.NullMarked;
