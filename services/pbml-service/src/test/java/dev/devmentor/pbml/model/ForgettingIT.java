package dev.devmentor.pbml.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.kit.fold.Touched;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.pbml.HttpIT;
import dev.devmentor.pbml.PbmlConfig;
import dev.devmentor.pbml.engine.owner.OwnerState;
import dev.devmentor.pbml.log.ObservationTable;
import dev.devmentor.pbml.owner.Owner;
import dev.devmentor.pbml.owner.OwnerName;
import dev.devmentor.pbml.owner.Owners;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What one instance forgets no other one knows, whatever either has in memory. */
@QuarkusTest
class ForgettingIT extends HttpIT {
    @Inject
    Models models;

    @Inject
    Owners owners;

    @Inject
    ObservationTable log;

    @Inject
    Touched touched;

    @Inject
    ModelTable table;

    @Inject
    FoldMetrics metrics;

    @Inject
    Instance<Models.Projection> projections;

    @Inject
    Transactions transactions;

    @Inject
    PbmlConfig config;

    private Models anotherInstance() {
        return new Models(
                owners,
                log,
                touched,
                table,
                new HotModels(config),
                metrics,
                projections,
                transactions,
                dataSource,
                clock);
    }

    private static byte[] state(Models instance, String person) throws SQLException {
        return instance.ask(OwnerName.person(person), OwnerState::snapshot);
    }

    private Owner owner(String person) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return Objects.requireNonNull(owners.find(connection, OwnerName.person(person)));
        }
    }

    private void forget(String person, int number) {
        ok(as(person)
                .body("{\"events\":[{\"source\":\"" + SOURCE + "\",\"id\":\"" + person + "-e" + number + "\"}]}")
                .post("/api/pbml/forget"));
    }

    @Test
    void anInstanceThatHasTheModelInMemoryFoldsItAgain() throws SQLException {
        String person = fresh("two");
        sendAndAwait(Days.of(person, 5, 300));
        Models other = anotherInstance();
        byte[] before = state(other, person);
        assertThat(state(models, person)).isEqualTo(before);

        for (int number = 20; number < 40; number++) {
            forget(person, number);
        }

        byte[] after = state(models, person);
        assertThat(after).isNotEqualTo(before);
        assertThat(state(other, person)).isEqualTo(after);
        assertThat(state(anotherInstance(), person)).isEqualTo(after);
        assertThat(models.differs(owner(person))).isFalse();
    }

    @Test
    void aModelThatWasSavedBeforeIsNotReadAgain() throws SQLException {
        String person = fresh("saved");
        sendAndAwait(Days.of(person, 6, 500));
        state(models, person);
        assertThat(number("SELECT count(*) FROM model m JOIN owner w ON w.id = m.owner_id WHERE w.name = ?", person))
                .isEqualTo(1);

        forget(person, 30);

        byte[] after = state(models, person);
        assertThat(state(anotherInstance(), person)).isEqualTo(after);
        assertThat(models.differs(owner(person))).isFalse();
    }

    @Test
    void forgettingWhileBothInstancesFoldLeavesNothingBehind() throws Exception {
        String person = fresh("race");
        sendAndAwait(Days.of(person, 7, 300));
        Models other = anotherInstance();
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<Future<?>> work = new ArrayList<>();
            work.add(threads.submit(() -> {
                for (int number = 10; number < 40; number++) {
                    forget(person, number);
                }
            }));
            for (Models instance : List.of(models, other)) {
                work.add(threads.submit(() -> {
                    for (int i = 0; i < 60; i++) {
                        assertThat(state(instance, person)).isNotEmpty();
                    }
                    return null;
                }));
            }
            for (Future<?> each : work) {
                get(each);
            }
        }
        byte[] after = state(models, person);
        assertThat(state(other, person)).isEqualTo(after);
        assertThat(state(anotherInstance(), person)).isEqualTo(after);
        assertThat(models.differs(owner(person))).isFalse();
    }

    private static void get(Future<?> work) throws InterruptedException, ExecutionException {
        work.get();
    }
}
