/**
 * Who may have a share in what is learned from a person: entries of their log. It shares nothing itself.
 */
@NullMarked
package dev.devmentor.pbml.settings;

import org.jspecify.annotations.NullMarked;
