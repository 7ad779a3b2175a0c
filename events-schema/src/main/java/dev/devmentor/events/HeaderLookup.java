package dev.devmentor.events;

import org.jspecify.annotations.Nullable;

/** The headers of one record, by exact name. Where a name repeats, the last one counts. */
@FunctionalInterface
public interface HeaderLookup {
    byte @Nullable [] header(String name);

    /** A record without headers. */
    HeaderLookup NONE = name -> null;
}
