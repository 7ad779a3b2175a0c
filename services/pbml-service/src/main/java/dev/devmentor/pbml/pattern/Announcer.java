package dev.devmentor.pbml.pattern;

import dev.devmentor.events.Envelope;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventReference;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.PatternDrifted;
import dev.devmentor.events.PatternLearned;
import dev.devmentor.events.PatternScope;
import dev.devmentor.events.PatternState;
import dev.devmentor.kit.postgres.SqlArrays;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.kit.transaction.UnitOfWork;
import dev.devmentor.pbml.engine.confidence.LifeState;
import dev.devmentor.pbml.engine.owner.PatternView;
import dev.devmentor.pbml.engine.owner.Performance;
import dev.devmentor.pbml.log.EventSource;
import dev.devmentor.pbml.log.ObservationReference;
import dev.devmentor.pbml.log.ObservationTable;
import dev.devmentor.pbml.model.Models;
import dev.devmentor.pbml.owner.OwnerKind;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Says {@code pattern.learned} of a person's patterns once they are to be relied on, and whenever what was said changes:
 * state, title, subjects, or confidence by a twentieth. A pattern that is no more is said to be retired. Versions rise whatever is
 * folded again, so whoever listens believes the highest.
 */
@ApplicationScoped
@Priority(2)
class Announcer implements Models.Projection {
    private static final int STEPS_OF_CONFIDENCE = 20;
    private static final int LONGEST_TITLE = 300;
    private static final int MOST_EVIDENCE = 10;
    private static final int MOST_NAMES = 32;
    private static final String DRIFT = "drift:";

    private final ObservationTable log;

    Announcer(ObservationTable log) {
        this.log = log;
    }

    private record Said(int version, long digest) {}

    @Override
    public void project(UnitOfWork work, Models.Learned learned) throws SQLException {
        if (learned.owner().name().kind() != OwnerKind.PERSON) {
            return;
        }
        List<String> ids = new ArrayList<>();
        learned.changed().forEach(view -> ids.add(view.id()));
        ids.addAll(learned.removed());
        learned.drifts().forEach(drift -> ids.add(DRIFT + driftId(learned, drift)));
        if (ids.isEmpty()) {
            return;
        }
        Connection connection = work.connection();
        Map<String, Said> said = said(connection, learned.owner().id(), ids);
        Map<String, Said> now = new HashMap<>();
        List<PatternView> news = new ArrayList<>();
        for (PatternView view : learned.changed()) {
            Said before = said.get(view.id());
            long digest = digest(view);
            boolean worthIt = view.state() == LifeState.ACTIVE || before != null;
            if (worthIt && (before == null || before.digest() != digest)) {
                now.put(view.id(), new Said(before == null ? 1 : before.version() + 1, digest));
                news.add(view);
            }
        }
        publish(work, learned, news, now);
        retire(work, learned, said, now);
        for (Performance.Drifted drift : learned.drifts()) {
            String id = DRIFT + driftId(learned, drift);
            if (!said.containsKey(id)) {
                now.put(id, new Said(1, 0));
                publish(work, learned, drift);
            }
        }
        note(connection, learned.owner().id(), now);
    }

    private void publish(UnitOfWork work, Models.Learned learned, List<PatternView> news, Map<String, Said> now)
            throws SQLException {
        Set<UUID> refs = new HashSet<>();
        news.forEach(view -> refs.addAll(view.refs()));
        Map<UUID, ObservationReference> events = new HashMap<>();
        for (ObservationReference event :
                log.references(work.connection(), learned.owner().id(), refs)) {
            events.put(event.eventKey(), event);
        }
        String person = learned.owner().name().name();
        for (PatternView view : news) {
            int version = Objects.requireNonNull(now.get(view.id())).version();
            List<EventReference> evidence = new ArrayList<>();
            for (UUID ref : view.refs()) {
                ObservationReference event = events.get(ref);
                if (event != null) {
                    evidence.add(
                            new EventReference(event.key().source(), event.key().id()));
                }
            }
            view.references().forEach(event -> evidence.add(new EventReference(event.source(), event.id())));
            work.publish(
                    EventTypes.PATTERN_LEARNED,
                    envelope(
                            EventTypes.PATTERN_LEARNED.name(),
                            EventTypes.PATTERN_LEARNED.schemaUri(),
                            "pattern",
                            person,
                            view.id(),
                            Integer.toString(version)),
                    person,
                    new PatternLearned(
                            view.id(),
                            dev.devmentor.events.PatternKind.valueOf(view.kind().name()),
                            PatternScope.PERSON,
                            person,
                            PatternState.valueOf(view.state().name()),
                            version,
                            cut(view.title()),
                            view.lower(),
                            view.support(),
                            Micros.toInstant(Math.max(view.lastMicros(), view.sinceMicros())),
                            view.skills().stream().distinct().limit(MOST_NAMES).toList(),
                            view.items().stream().limit(MOST_NAMES).toList(),
                            view.hours(),
                            view.sessionMinutes() == 0 ? null : view.sessionMinutes(),
                            evidence.size() > MOST_EVIDENCE ? evidence.subList(0, MOST_EVIDENCE) : evidence,
                            null));
        }
    }

    /** What was said before of patterns that are no more is taken back. */
    private static void retire(UnitOfWork work, Models.Learned learned, Map<String, Said> said, Map<String, Said> now) {
        String person = learned.owner().name().name();
        for (String id : learned.removed()) {
            Said before = said.get(id);
            if (before == null || before.digest() == 0) {
                continue;
            }
            int version = before.version() + 1;
            now.put(id, new Said(version, 0));
            String kind = id.substring(0, id.lastIndexOf('-'));
            dev.devmentor.events.PatternKind of = dev.devmentor.events.PatternKind.valueOf(
                    kind.toUpperCase(Locale.ROOT).replace('-', '_'));
            work.publish(
                    EventTypes.PATTERN_LEARNED,
                    envelope(
                            EventTypes.PATTERN_LEARNED.name(),
                            EventTypes.PATTERN_LEARNED.schemaUri(),
                            "pattern",
                            person,
                            id,
                            Integer.toString(version)),
                    person,
                    new PatternLearned(
                            id,
                            of,
                            PatternScope.PERSON,
                            person,
                            PatternState.RETIRED,
                            version,
                            "a pattern that is no more",
                            0,
                            0,
                            Micros.toInstant(learned.state().folded().atMicros()),
                            List.of(),
                            List.of(),
                            List.of(),
                            null,
                            List.of(),
                            null));
        }
    }

    private static void publish(UnitOfWork work, Models.Learned learned, Performance.Drifted drift) {
        String person = learned.owner().name().name();
        String id = driftId(learned, drift);
        work.publish(
                EventTypes.PATTERN_DRIFTED,
                envelope(EventTypes.PATTERN_DRIFTED.name(), EventTypes.PATTERN_DRIFTED.schemaUri(), "drift", id),
                person,
                new PatternDrifted(
                        id,
                        drift.model(),
                        PatternScope.PERSON,
                        person,
                        null,
                        Micros.toInstant(drift.key().atMicros()),
                        drift.before(),
                        drift.after(),
                        (int) Math.max(1, Math.min(drift.observations(), Integer.MAX_VALUE)),
                        null));
    }

    private static String driftId(Models.Learned learned, Performance.Drifted drift) {
        return EventEncoder.contentId(
                learned.owner().name().name(),
                drift.model(),
                Long.toString(drift.key().atMicros()),
                drift.key().source(),
                drift.key().id());
    }

    private static Envelope envelope(String type, String schema, String... content) {
        return new Envelope(EventEncoder.contentId(content), EventSource.URI, type, null, null, schema, null, null);
    }

    private static String cut(String title) {
        return title.length() <= LONGEST_TITLE ? title : title.substring(0, LONGEST_TITLE - 1) + "…";
    }

    /** Never 0. */
    private static long digest(PatternView view) {
        long digest = 17;
        for (Object part : new Object[] {
            view.state(),
            view.title(),
            Math.round(view.lower() * STEPS_OF_CONFIDENCE),
            view.skills(),
            view.items(),
            view.hours(),
            view.sessionMinutes()
        }) {
            // The name, for hash codes of constants differ from run to run.
            digest = digest * 1_000_003 + (part instanceof Enum<?> constant ? constant.name() : part).hashCode();
        }
        return digest == 0 ? 1 : digest;
    }

    private static Map<String, Said> said(Connection connection, long ownerId, Collection<String> ids)
            throws SQLException {
        Map<String, Said> said = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT pattern_id, version, said FROM announcement WHERE owner_id = ? AND pattern_id = ANY (?)")) {
            select.setLong(1, ownerId);
            select.setArray(2, SqlArrays.text(connection, ids.toArray(String[]::new)));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    said.put(rows.getString(1), new Said(rows.getInt(2), rows.getLong(3)));
                }
            }
        }
        return said;
    }

    private static void note(Connection connection, long ownerId, Map<String, Said> now) throws SQLException {
        if (now.isEmpty()) {
            return;
        }
        String[] ids = now.keySet().stream().sorted().toArray(String[]::new);
        int[] versions = new int[ids.length];
        long[] digests = new long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            Said said = Objects.requireNonNull(now.get(ids[i]));
            versions[i] = said.version();
            digests[i] = said.digest();
        }
        try (PreparedStatement upsert = connection.prepareStatement("""
                INSERT INTO announcement (owner_id, pattern_id, version, said)
                SELECT ?, * FROM unnest(?::text[], ?::int4[], ?::int8[])
                ON CONFLICT (owner_id, pattern_id) DO UPDATE SET version = EXCLUDED.version, said = EXCLUDED.said""")) {
            upsert.setLong(1, ownerId);
            upsert.setArray(2, SqlArrays.text(connection, ids));
            upsert.setArray(3, SqlArrays.of(connection, "int4", versions));
            upsert.setArray(4, SqlArrays.int8(connection, digests));
            upsert.executeUpdate();
        }
    }
}
