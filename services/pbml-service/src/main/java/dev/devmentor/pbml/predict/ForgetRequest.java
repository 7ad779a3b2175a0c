package dev.devmentor.pbml.predict;

import dev.devmentor.kit.consume.EventIdentity;
import dev.devmentor.kit.problem.ProblemException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Events whose content is to be forgotten. */
@Schema(name = "ForgetRequest", examples = """
        {"events": [{"source": "https://git.example/hook", "id": "c-4711"}]}""")
record ForgetRequest(
        @Nullable @Schema(description = "1 to 1000") List<@Nullable Named> events) {
    private static final int MOST = 1_000;
    private static final int LONGEST_SOURCE = 2_048;
    private static final int LONGEST_ID = 256;

    /** An event by its identity. */
    @Schema(name = "EventName")
    record Named(
            @Nullable @Schema(examples = "https://git.example/hook")
            String source,

            @Nullable @Schema(examples = "c-4711") String id) {}

    /** @throws ProblemException 400 if it names no events, 413 if it names too many */
    static Set<EventIdentity> parse(@Nullable ForgetRequest request) {
        if (request == null || request.events == null || request.events.isEmpty()) {
            throw ProblemException.invalid("'events' is missing or empty");
        }
        if (request.events.size() > MOST) {
            throw ProblemException.tooLarge("at most " + MOST + " events are forgotten at once");
        }
        Set<EventIdentity> events = new HashSet<>();
        for (Named named : request.events) {
            if (named == null) {
                throw ProblemException.invalid("an event is null");
            }
            events.add(
                    EventIdentity.of(text("source", named.source, LONGEST_SOURCE), text("id", named.id, LONGEST_ID)));
        }
        return events;
    }

    private static String text(String name, @Nullable String value, int longest) {
        if (value == null || value.isEmpty() || value.length() > longest) {
            throw ProblemException.invalid("'" + name + "' of an event has 1 to " + longest + " characters");
        }
        return value;
    }
}
