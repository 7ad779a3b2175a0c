package dev.devmentor.gateway.limit;

import java.util.ArrayList;
import java.util.List;

/** The definition, written down: every admitted request is remembered, and every question looks at all of them. */
final class ExactWindow {
    private final long span;
    private final List<Long> admitted = new ArrayList<>();

    ExactWindow(long span) {
        this.span = span;
    }

    List<Long> counting(long now) {
        return admitted.stream().filter(at -> now - at < span).toList();
    }

    int admit(long now, int units, int limit) {
        int allowed = Math.max(0, Math.min(units, limit - counting(now).size()));
        for (int i = 0; i < allowed; i++) {
            admitted.add(now);
        }
        return allowed;
    }

    void tell(long at) {
        admitted.add(at);
        admitted.sort(Long::compare);
    }

    int left(long now, int limit) {
        return Math.max(0, limit - counting(now).size());
    }

    /** The shortest wait after which more is left than now. */
    long more(long now, int limit) {
        int left = left(now, limit);
        if (limit <= 0) {
            return span;
        }
        return counting(now).stream()
                .map(at -> at + span - now)
                .filter(wait -> left(now + wait, limit) > left)
                .min(Long::compare)
                .orElse(0L);
    }

    /** Most in any window of this length that ends at an admission. */
    int mostInAnyWindow() {
        int most = 0;
        for (int last = 0, first = 0; last < admitted.size(); last++) {
            while (admitted.get(last) - admitted.get(first) >= span) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    boolean forget(long now) {
        return admitted.removeIf(at -> now - at >= 3 * span);
    }
}
