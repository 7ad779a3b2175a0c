/** The Java example of docs/produce-events.md. It uses nothing of this module, as an outside producer would. */
@NullMarked
package dev.devmentor.events.example;

import org.jspecify.annotations.NullMarked;
