package dev.devmentor.pbml.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.kit.consume.EventIdentity;
import dev.devmentor.kit.postgres.KeyedPlans;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.pbml.PbmlIT;
import dev.devmentor.pbml.engine.owner.EventKey;
import dev.devmentor.pbml.owner.Owner;
import dev.devmentor.pbml.owner.OwnerName;
import dev.devmentor.pbml.owner.Owners;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ObservationLogIT extends PbmlIT {
    @Inject
    ObservationLog log;

    @Inject
    ObservationTable table;

    @Inject
    Owners owners;

    @Inject
    Transactions transactions;

    private static Observation observation(OwnerName owner, ObservationKind kind, long at, String source, String id) {
        return new Observation(owner, kind, at, source, id, null, "{\"id\":\"" + id + "\"}");
    }

    /** What these tests put into the log is no event that anybody could fold. */
    @AfterEach
    void clearAway() {
        String theirs = "(SELECT owner_id FROM observation WHERE data LIKE '{\"id\":%')";
        execute("DELETE FROM fold WHERE owner_id IN " + theirs);
        execute("DELETE FROM touched WHERE owner_id IN " + theirs);
        execute("DELETE FROM owner WHERE id IN " + theirs);
        execute("DELETE FROM observation WHERE owner_id NOT IN (SELECT id FROM owner)");
    }

    private List<Recorded> record(List<Observation> observations) throws SQLException {
        return transactions.run(work -> log.record(work, observations));
    }

    private Owner owner(OwnerName name) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return Objects.requireNonNull(owners.find(connection, name), name.name());
        }
    }

    private List<StoredObservation> visited(long ownerId, @Nullable EventKey after, int limit) throws SQLException {
        List<StoredObservation> visited = new ArrayList<>();
        transactions.run(work -> {
            table.visit(work.connection(), ownerId, after, limit, visited::add);
            return visited.size();
        });
        return visited;
    }

    @Test
    void saysOfEachObservationWhatBecameOfIt() throws SQLException {
        OwnerName name = OwnerName.person(fresh("said"));
        Observation first = observation(name, ObservationKind.RENAME, 1, "/s", "e-1");
        Observation second = observation(name, ObservationKind.FEEDBACK, 2, "/s", "e-2");

        assertThat(record(List.of(first, first, second)))
                .containsExactly(
                        new Recorded.Added(owner(name)),
                        new Recorded.Repeated(owner(name)),
                        new Recorded.Added(owner(name)));
        assertThat(owner(name).observations()).isEqualTo(2);
        assertThat(record(List.of(first, observation(name, ObservationKind.RENAME, 5, "/s", "e-2"))))
                .containsExactly(new Recorded.Repeated(owner(name)), new Recorded.Contradicting("event"));
        assertThat(owner(name).observations()).isEqualTo(2);
    }

    /** From so many on a batch is written first, and looked up only if PostgreSQL refuses it. */
    @Test
    void largeBatchesFindTheirRepeatsToo() throws SQLException {
        Random random = new Random(1);
        List<OwnerName> names = List.of(
                OwnerName.person(fresh("large")),
                OwnerName.person(fresh("large")),
                OwnerName.repository(fresh("large")));
        List<Observation> all = new ArrayList<>();
        for (int i = 0; i < 6_000; i++) {
            all.add(observation(names.get(i % 3), ObservationKind.ERROR, random.nextInt(50), "/s", "e-" + i));
        }
        // Enough batches without a repeat that it stops looking first.
        for (int from = 0; from < 5_000; from += 200) {
            assertThat(record(all.subList(from, from + 200))).allMatch(Recorded.Added.class::isInstance);
        }

        List<Recorded> recorded = record(all.subList(4_900, 5_100));

        assertThat(recorded.subList(0, 100)).allMatch(Recorded.Repeated.class::isInstance);
        assertThat(recorded.subList(100, 200)).allMatch(Recorded.Added.class::isInstance);
        for (OwnerName name : names) {
            Owner owner = owner(name);
            assertThat(owner.observations()).isEqualTo(1_700);
            try (Connection connection = dataSource.getConnection()) {
                assertThat(table.count(connection, owner.id())).isEqualTo(1_700);
            }
        }
    }

    @Test
    void anOwnerIsReadInTheOrderOfTimeSourceAndIdFromAnyPlaceOn() throws SQLException {
        OwnerName name = OwnerName.person(fresh("order"));
        List<Observation> all = new ArrayList<>();
        String[] ids = {"a", "B", "ä", "\uE000", "😀", "z"};
        for (long at = 0; at < 3; at++) {
            for (String source : List.of("/b", "/ä", "/B")) {
                for (String id : ids) {
                    all.add(observation(name, ObservationKind.CODE, at, source, id + at + source));
                }
            }
        }
        Collections.shuffle(all, new Random(7));
        record(all);
        long id = owner(name).id();
        List<EventKey> inOrder = all.stream()
                .map(o -> new EventKey(o.atMicros(), o.source(), o.eventId()))
                .sorted()
                .toList();

        assertThat(visited(id, null, Integer.MAX_VALUE))
                .extracting(StoredObservation::key)
                .isEqualTo(inOrder);
        assertThat(visited(id, null, 5)).extracting(StoredObservation::key).isEqualTo(inOrder.subList(0, 5));
        for (int i = 0; i < inOrder.size(); i++) {
            assertThat(visited(id, inOrder.get(i), Integer.MAX_VALUE))
                    .extracting(StoredObservation::key)
                    .isEqualTo(inOrder.subList(i + 1, inOrder.size()));
        }
    }

    @Test
    void aLogThatIsLongerThanOneFetchIsReadWhole() throws SQLException {
        OwnerName name = OwnerName.person(fresh("long"));
        List<Observation> all = new ArrayList<>();
        for (int i = 0; i < 4_500; i++) {
            all.add(observation(name, ObservationKind.CODE, i / 10, "/s", "e-" + i));
        }
        record(all);

        assertThat(visited(owner(name).id(), null, Integer.MAX_VALUE))
                .extracting(StoredObservation::key)
                .isSorted()
                .hasSize(4_500);
    }

    @Test
    void controlsAndEvidenceAreFoundByThemselves() throws SQLException {
        OwnerName name = OwnerName.person(fresh("evidence"));
        OwnerName other = OwnerName.person(fresh("evidence"));
        record(List.of(
                observation(name, ObservationKind.CODE, 10, "/s", "e-1"),
                observation(name, ObservationKind.MERGE, 30, "/s", "e-3"),
                observation(name, ObservationKind.RENAME, 20, "/s", "e-2"),
                observation(name, ObservationKind.ERROR, 40, "/s", "e-4"),
                observation(other, ObservationKind.CODE, 20, "/s", "e-5")));
        long id = owner(name).id();
        try (Connection connection = dataSource.getConnection()) {
            assertThat(table.controls(connection, id))
                    .extracting(stored -> stored.key().id())
                    .containsExactly("e-2", "e-3");
            List<UUID> keys = List.of(
                    EventIdentity.of("/s", "e-4").uuid(),
                    EventIdentity.of("/s", "e-1").uuid(),
                    EventIdentity.of("/s", "e-5").uuid(),
                    EventIdentity.of("/s", "gone").uuid());
            assertThat(table.references(connection, id, keys))
                    .containsExactly(
                            new ObservationReference(new EventKey(10, "/s", "e-1"), keys.get(1), ObservationKind.CODE),
                            new ObservationReference(
                                    new EventKey(40, "/s", "e-4"), keys.get(0), ObservationKind.ERROR));
            assertThat(table.between(connection, id, 20, 40, 10))
                    .extracting(reference -> reference.key().id())
                    .containsExactly("e-2", "e-3", "e-4");
            assertThat(table.between(connection, id, 20, 39, 1))
                    .extracting(reference -> reference.key().id())
                    .containsExactly("e-2");
        }
    }

    /** A plan is kept for the life of a connection: of a partition that is empty when it is made, too. */
    @Test
    void everyKeyIsLookedUpInItsOwnIndex() throws SQLException {
        assertThat(planOf(ObservationTable.BY_EVENT)).anyMatch(line -> line.contains("event_key = k.i)"));
        assertThat(planOf(ObservationTable.BY_ANSWER)).anyMatch(line -> line.contains("answer_key = k.i)"));
    }

    /** Conditions of the index scans of the partition that has rows. */
    private List<String> planOf(String lookup) throws SQLException {
        List<String> plan = new ArrayList<>();
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("""
                        INSERT INTO observation (owner_id, event_key, answer_key, kind, at_us, received_us, source, event_id, data)
                        SELECT -1, gen_random_uuid(), gen_random_uuid(), 3, n, n, 's', 'e' || n, '{}'
                        FROM generate_series(1, 300) AS n""");
                statement.execute("ANALYZE observation");
                KeyedPlans.byKey(connection);
                KeyedPlans.eachCall(connection);
                statement.execute("PREPARE lookup AS "
                        + lookup.replaceFirst("\\?", "\\$1").replaceFirst("\\?", "\\$2"));
                try (ResultSet rows = statement.executeQuery(
                        "EXPLAIN EXECUTE lookup ('{-1}', '{00000000-0000-0000-0000-000000000001}')")) {
                    while (rows.next()) {
                        plan.add(rows.getString(1));
                    }
                }
                statement.execute("DEALLOCATE lookup");
            } finally {
                connection.rollback();
            }
        }
        assertThat(plan).noneMatch(line -> line.contains("Seq Scan"));
        return plan.stream()
                .filter(line -> line.contains("Index Cond: ((owner_id = k.l)"))
                .toList();
    }
}
