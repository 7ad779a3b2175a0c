/** Starts, watches and stops the platform. Platform is the one place where the whole is wired; nothing here knows what a service does. */
@NullMarked
package dev.devmentor.cli.platform;

import org.jspecify.annotations.NullMarked;
