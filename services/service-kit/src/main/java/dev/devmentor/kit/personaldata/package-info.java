/**
 * Gives a person everything that a service holds of them, as a stream. It decides how that is written, never what there is: that the
 * service says by its {@link dev.devmentor.kit.personaldata.PersonalData}.
 */
@NullMarked
package dev.devmentor.kit.personaldata;

import org.jspecify.annotations.NullMarked;
