/**
 * Decides whether somebody has a second factor, and whether what they show is it: codes of an app, and codes for who has lost it. It never
 * decides who somebody is: it is asked after the first factor was right.
 */
@NullMarked
package dev.devmentor.auth.secondfactor;

import org.jspecify.annotations.NullMarked;
