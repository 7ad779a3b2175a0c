package dev.devmentor.pbml.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.devmentor.pbml.engine.owner.EventKey;
import dev.devmentor.pbml.log.ObservationKind;
import dev.devmentor.pbml.log.StoredObservation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What saved contexts that were taken up again leave out: everything between the saving and the taking up. A later one may
 * leave out an earlier one, which then left nothing out.
 */
final class Restores {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Nothing is left out. */
    static final Restores NONE = new Restores(List.of());

    private final List<Span> spans;

    private record Span(EventKey after, EventKey before) {
        boolean covers(EventKey key) {
            return key.compareTo(after) > 0 && key.compareTo(before) < 0;
        }
    }

    private Restores(List<Span> spans) {
        this.spans = spans;
    }

    /** @param controls of the log, in order */
    static Restores of(List<StoredObservation> controls) {
        Map<String, EventKey> saved = new HashMap<>();
        List<Span> all = new ArrayList<>();
        for (StoredObservation control : controls) {
            if (control.isForgotten()) {
                continue;
            }
            if (control.kind() == ObservationKind.CONTEXT_SAVED) {
                saved.put(context(control), control.key());
            } else if (control.kind() == ObservationKind.CONTEXT_RESTORED) {
                EventKey from = saved.get(context(control));
                if (from != null) {
                    all.add(new Span(from, control.key()));
                }
            }
        }
        List<Span> effective = new ArrayList<>();
        for (Span span : all.reversed()) {
            if (effective.stream().noneMatch(later -> later.covers(span.before()))) {
                effective.add(span);
            }
        }
        return new Restores(List.copyOf(effective));
    }

    private static String context(StoredObservation control) {
        try {
            return JSON.readTree(control.data()).path("context").asText();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a row of the log is no JSON", e);
        }
    }

    boolean leavesOut(EventKey key) {
        for (Span span : spans) {
            if (span.covers(key)) {
                return true;
            }
        }
        return false;
    }
}
