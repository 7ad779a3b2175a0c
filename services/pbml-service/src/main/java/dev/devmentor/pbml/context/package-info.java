/**
 * Keeps what people say of where they were in their work, and lets them go back: from a restore on, the model is what it was at
 * the saving. It decides who may have how many; what a restore leaves out is decided where models are folded.
 */
@NullMarked
package dev.devmentor.pbml.context;

import org.jspecify.annotations.NullMarked;
