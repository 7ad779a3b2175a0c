package dev.devmentor.gateway.breaker;

import dev.devmentor.gateway.breaker.Breaker.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a breaker should do, written for being read: it keeps nothing but a list of what happened, and goes through all of it for
 * each question. Times are seconds.
 */
final class EventsModel {
    enum What {
        BEGAN,
        SUCCEEDED,
        FAILED,
        ABANDONED
    }

    record Event(What what, int attempt, long second) {}

    private final int failures;
    private final long open;
    private final long longest;
    private final long calm;
    private final List<Event> events = new ArrayList<>();

    EventsModel(int failures, long open, long longest, long calm) {
        this.failures = failures;
        this.open = open;
        this.longest = longest;
        this.calm = calm;
    }

    void note(What what, int attempt, long second) {
        events.add(new Event(what, attempt, second));
    }

    /** How it is at a time. */
    record Verdict(State state, boolean mayTry, long retryAfter) {}

    Verdict at(long now) {
        boolean closed = true;
        int inARow = 0;
        long closedSince = 0;
        long opened = 0; // when it opened last
        long length = 0; // for how long
        int probe = -1; // the one try of the half-open time
        long probeBegan = 0;
        Set<Integer> counting = new HashSet<>(); // tries that began in this closed time
        Map<Integer, Boolean> ended = new HashMap<>();
        for (Event event : events) {
            switch (event.what) {
                case BEGAN -> {
                    if (closed) {
                        counting.add(event.attempt);
                    } else {
                        probe = event.attempt;
                        probeBegan = event.second;
                    }
                }
                case SUCCEEDED -> {
                    if (closed && counting.contains(event.attempt)) {
                        inARow = 0;
                    } else if (!closed && event.attempt == probe) {
                        closed = true;
                        closedSince = event.second;
                        inARow = 0;
                        probe = -1;
                        counting.clear();
                    }
                }
                case FAILED -> {
                    if (closed && counting.contains(event.attempt)) {
                        inARow++;
                        if (inARow >= failures) {
                            boolean again = length > 0 && event.second - closedSince < calm;
                            length = again ? Math.min(longest, length * 2) : open;
                            opened = event.second;
                            closed = false;
                            counting.clear();
                        }
                    } else if (!closed && event.attempt == probe) {
                        length = Math.min(longest, length * 2);
                        opened = event.second;
                        probe = -1;
                    }
                }
                case ABANDONED -> {
                    if (!closed && event.attempt == probe) {
                        probe = -1;
                    }
                }
            }
            if (event.what != What.BEGAN && ended.put(event.attempt, true) != null) {
                throw new IllegalStateException("a try ended twice");
            }
        }
        if (closed) {
            return new Verdict(State.CLOSED, true, 1);
        }
        if (now < opened + length) {
            return new Verdict(State.OPEN, false, opened + length - now);
        }
        if (probe >= 0 && now < probeBegan + open) {
            return new Verdict(State.HALF_OPEN, false, probeBegan + open - now);
        }
        return new Verdict(State.HALF_OPEN, true, 1);
    }
}
