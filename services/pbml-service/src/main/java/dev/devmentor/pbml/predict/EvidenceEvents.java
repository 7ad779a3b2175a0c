package dev.devmentor.pbml.predict;

import dev.devmentor.kit.time.Micros;
import dev.devmentor.pbml.engine.owner.ErrorText;
import dev.devmentor.pbml.engine.owner.Likely;
import dev.devmentor.pbml.engine.owner.Observation;
import dev.devmentor.pbml.engine.template.MessageMask;
import dev.devmentor.pbml.log.ObservationReference;
import dev.devmentor.pbml.log.ObservationTable;
import dev.devmentor.pbml.model.Sessions;
import dev.devmentor.pbml.predict.Predictions.EventView;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds the events that predictions rest on: those that the model names, and of sessions that it names what was predicted and
 * what stood before it. Every one of them exists in the person's log.
 */
@ApplicationScoped
class EvidenceEvents {
    private static final int MOST = 10;

    private final ObservationTable log;
    private final Sessions sessions;

    EvidenceEvents(ObservationTable log, Sessions sessions) {
        this.log = log;
        this.sessions = sessions;
    }

    /** What is looked for in a session. */
    sealed interface Wanted {}

    /**
     * An action.
     *
     * @param after preferably this one; null if it does not matter
     */
    record AnAction(String action, @Nullable String after) implements Wanted {}

    /** An error that came, by the keys that its pattern holds together. */
    record AnError(Set<String> keys) implements Wanted {}

    /** Opens the log of an owner for some predictions. */
    Reader open(Connection connection, long ownerId, List<Likely> likely) throws SQLException {
        Set<UUID> refs = new HashSet<>();
        likely.forEach(each -> refs.addAll(each.refs()));
        Map<UUID, ObservationReference> events = new HashMap<>();
        for (ObservationReference event : log.references(connection, ownerId, refs)) {
            events.put(event.eventKey(), event);
        }
        return new Reader(events, sessions.open(connection, ownerId));
    }

    /** Evidence of the predictions of one answer. */
    static final class Reader {
        private final Map<UUID, ObservationReference> events;
        private final Sessions.Reader sessions;
        private final MessageMask mask = new MessageMask();

        private Reader(Map<UUID, ObservationReference> events, Sessions.Reader sessions) {
            this.events = events;
            this.sessions = sessions;
        }

        /** Events of a prediction, the latest first. */
        List<EventView> of(Likely likely, Wanted wanted) throws SQLException {
            Map<UUID, ObservationReference> found = new HashMap<>();
            for (long session : likely.sessions()) {
                for (ObservationReference event : pair(sessions.read(session), wanted)) {
                    add(found, event);
                }
            }
            for (UUID ref : likely.refs()) {
                ObservationReference event = events.get(ref);
                if (event != null) {
                    add(found, event);
                }
            }
            return found.values().stream()
                    .sorted(Comparator.comparing(ObservationReference::key).reversed())
                    .map(event -> new EventView(
                            event.key().source(),
                            event.key().id(),
                            Micros.toInstant(event.key().atMicros()),
                            event.kind().name().toLowerCase(Locale.ROOT).replace('_', '-')))
                    .toList();
        }

        private static void add(Map<UUID, ObservationReference> found, ObservationReference event) {
            if (found.size() < MOST) {
                found.putIfAbsent(event.eventKey(), event);
            }
        }

        /** What was predicted, as it came last in a session, and what stood before it. */
        private List<ObservationReference> pair(List<Sessions.Step> steps, Wanted wanted) {
            int place = -1;
            boolean preferred = false;
            for (int i = steps.size() - 1; i >= 0 && !preferred; i--) {
                if (isWanted(steps.get(i), wanted)) {
                    preferred = isPreferred(steps, i, wanted);
                    place = preferred || place < 0 ? i : place;
                }
            }
            if (place < 0) {
                return List.of();
            }
            List<ObservationReference> pair = new ArrayList<>(2);
            pair.add(steps.get(place).event());
            int before = before(steps, place, wanted);
            if (before >= 0) {
                pair.add(steps.get(before).event());
            }
            return pair;
        }

        /** Place of what stood before: of an error the change of code, of an action the action; -1 if there was none. */
        private static int before(List<Sessions.Step> steps, int place, Wanted wanted) {
            int before = place - 1;
            while (wanted instanceof AnError
                    && before >= 0
                    && !(steps.get(before).observation() instanceof Observation.CodeChange)) {
                before--;
            }
            return before;
        }

        private boolean isWanted(Sessions.Step step, Wanted wanted) {
            return switch (wanted) {
                case AnAction(String action, String _) -> step.action().equals(action);
                case AnError(Set<String> keys) ->
                    step.observation() instanceof Observation.ErrorMet error
                            && !error.gone()
                            && keys.contains(ErrorText.read(error.text(), mask).key());
            };
        }

        private static boolean isPreferred(List<Sessions.Step> steps, int place, Wanted wanted) {
            int before = before(steps, place, wanted);
            return switch (wanted) {
                case AnAction(String _, String after) ->
                    after == null || (before >= 0 && steps.get(before).action().equals(after));
                case AnError _ -> before >= 0;
            };
        }
    }
}
