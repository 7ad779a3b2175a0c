package dev.devmentor.events;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record of the topic {@code quiz.answered} that breaks one rule.
 *
 * @param name what is wrong with it; no two records share a name
 * @param reason what it has to be refused for
 */
public record MalformedRecord(String name, Map<String, byte[]> headers, byte @Nullable [] value, Reason reason) {

    public HeaderLookup lookup() {
        return headers::get;
    }
}
