/**
 * Makes questions of a text, offline: it finds sentences, key terms, definitions, enumerations, numbers and code, and asks
 * for what the text itself says. It never knows more than the text and never decides who is asked.
 */
@NullMarked
package dev.devmentor.learning.engine.text;

import org.jspecify.annotations.NullMarked;
