package dev.devmentor.pbml.share;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.devmentor.events.ErrorObserved;
import dev.devmentor.events.ErrorOrigin;
import dev.devmentor.events.ErrorStatus;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.UserErased;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.pbml.PbmlIT;
import dev.devmentor.pbml.engine.owner.ErrorText;
import dev.devmentor.pbml.engine.template.MessageMask;
import dev.devmentor.pbml.log.Controls;
import dev.devmentor.pbml.log.Observation;
import dev.devmentor.pbml.log.ObservationLog;
import dev.devmentor.pbml.model.Models;
import dev.devmentor.pbml.owner.OwnerName;
import dev.devmentor.testkit.Conditions;
import dev.devmentor.testkit.Tail;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What teams and everyone share, from Kafka to the rows that are shown. */
@QuarkusTest
class SharedPatternsIT extends PbmlIT {
    private static final Instant MORNING = Instant.parse("2026-03-01T10:00:00Z");
    /** All that is shown of a pattern but where it stands among epochs and announcements. */
    private static final String SHOWN =
            "concat_ws('|', pattern_id, kind, state, lower, mean, support, first_us, last_us, since_us,"
                    + " title, detail, people)";

    @Inject
    Models models;

    @Inject
    Epochs epochs;

    @Inject
    SharedPatterns shared;

    @Inject
    ObservationLog log;

    @Inject
    Transactions transactions;

    // What people do

    private static String trace(String type, String message) {
        return type + ": " + message
                + "\n\tat org.acme.Basket.add(Basket.java:17)\n\tat org.acme.Shop.sell(Shop.java:4)\n";
    }

    /** @param owner a person, or a repository */
    private static ProducerRecord<byte[], byte[]> error(
            OwnerName owner, @Nullable String team, String text, int minute, boolean gone, String... changed) {
        boolean person = owner.kind() == dev.devmentor.pbml.owner.OwnerKind.PERSON;
        String id = "o-" + minute + "-" + owner.name();
        return event(
                EventTypes.ERROR_OBSERVED,
                "e" + id,
                new ErrorObserved(
                        id,
                        person ? owner.name() : null,
                        person ? "acme/shop" : owner.name(),
                        MORNING.plusSeconds(60L * minute),
                        ErrorOrigin.BUILD,
                        gone ? ErrorStatus.GONE : ErrorStatus.SEEN,
                        "run-" + minute,
                        "./mvnw verify",
                        text,
                        1,
                        List.of(changed),
                        null,
                        team,
                        List.of(),
                        null));
    }

    private static List<ProducerRecord<byte[], byte[]>> metAndMended(
            String person, @Nullable String team, String text, int minute) {
        OwnerName owner = OwnerName.person(person);
        return List.of(
                error(owner, team, text, minute, false),
                error(owner, team, text, minute + 2, false),
                error(owner, team, text, minute + 4, true, "src/Basket.java"));
    }

    private void record(Observation observation) throws SQLException {
        transactions.run(work -> log.record(work, List.of(observation)));
    }

    private void settings(String person, boolean teams, boolean everyone, int minute) throws SQLException {
        record(Controls.settings(
                OwnerName.person(person),
                Micros.of(MORNING.plusSeconds(60L * minute)),
                "s" + minute + person,
                teams,
                everyone));
    }

    private void judge(String person, String pattern, boolean helped, @Nullable String team, int minute)
            throws SQLException {
        record(Controls.feedback(
                OwnerName.person(person),
                Micros.of(MORNING.plusSeconds(60L * minute)),
                "f" + minute + person,
                pattern,
                helped,
                team));
    }

    private void erase(String person) {
        sendAndAwait(event(
                EventTypes.USER_ERASED,
                "erase-" + person,
                new UserErased(person, Instant.parse("2026-03-10T00:00:00Z"), "self", null)));
    }

    // Epochs

    /** Until all sums are made of what is contributed now, by whichever instance. */
    private void share(String... people) throws SQLException {
        for (String person : people) {
            models.ask(OwnerName.person(person), state -> state.observations());
        }
        makeEpochs();
    }

    private void makeEpochs() {
        Conditions.await("all sums are made", () -> {
            epochs.makeNext();
            return number("SELECT count(*) FROM contributed") == 0;
        });
    }

    private List<String> shown(String team) {
        return rows(
                "SELECT " + SHOWN + " FROM shared_pattern WHERE scope = 2 AND scope_id = ? ORDER BY pattern_id", team);
    }

    private @Nullable SharedPattern known(String text, String... teams) throws SQLException {
        String member = ErrorText.read(text, new MessageMask()).key();
        try (Connection connection = dataSource.getConnection()) {
            return shared.byMember(connection, List.of(teams), member);
        }
    }

    private SharedPattern mustKnow(String text, String... teams) throws SQLException {
        SharedPattern pattern = known(text, teams);
        assertThat(pattern).isNotNull();
        return pattern;
    }

    private static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text);
        } catch (JsonProcessingException broken) {
            throw new AssertionError(broken);
        }
    }

    private static String type(String name) {
        return "org.acme." + fresh(name).replace("-", "");
    }

    @Test
    void whatTwoPeopleOfATeamMetIsTheTeamsAndNamesNobody() throws SQLException {
        String anna = fresh("anna");
        String ben = fresh("ben");
        String team = fresh("red");
        String text = trace(type("Missing"), "no basket");
        try (Tail learned = new Tail(topics, "pattern.learned")) {
            sendAndAwait(metAndMended(anna, team, text, 0));
            share(anna);
            assertThat(shown(team)).isEmpty();

            sendAndAwait(metAndMended(ben, team, text, 10));
            share(ben);

            SharedPattern pattern = mustKnow(text, team);
            assertThat(pattern.people()).isEqualTo(2);
            assertThat(pattern.support()).isEqualTo(4);
            assertThat(pattern.scopeId()).isEqualTo(team);
            assertThat(pattern.version()).isEqualTo(1);
            JsonNode detail = json(pattern.detail());
            assertThat(detail.at("/fixes/0/path").textValue()).isEqualTo("src/Basket.java");
            assertThat(detail.at("/fixes/0/times").intValue()).isEqualTo(2);
            assertThat(detail.at("/parts/0/support").intValue()).isEqualTo(4);
            assertThat(detail.has("refs")).isFalse();
            assertThat(rows("SELECT p::text FROM shared_pattern p WHERE scope_id = ?", team))
                    .hasSize(1)
                    .allSatisfy(row -> assertThat(row).doesNotContain(anna, ben, "eo-", "run-"));

            assertThat(known(text, fresh("blue"))).isNull();
            assertThat(known(text)).isNull();
            try (Connection connection = dataSource.getConnection()) {
                assertThat(shared.find(connection, SharedScope.TEAM, team, pattern.id()))
                        .isEqualTo(pattern);
                assertThat(shared.find(connection, SharedScope.EVERYONE, "", pattern.id()))
                        .isNull();
                assertThat(shared.epoch(connection)).isGreaterThanOrEqualTo(pattern.epoch());
            }
            JsonNode said = json(utf8(learned.await(record ->
                            json(utf8(record.value())).path("scopeId").asText().equals(team))
                    .value()));
            assertThat(said.get("scope").textValue()).isEqualTo("team");
            assertThat(said.get("patternId").textValue()).isEqualTo(pattern.id());
            assertThat(said.get("version").intValue()).isEqualTo(1);
            assertThat(said.get("state").textValue()).isEqualTo("active");
            assertThat(said.path("evidence")).isEmpty();
        }
    }

    @Test
    void theSamePersonTwiceCountsOnce() throws SQLException {
        String anna = fresh("anna");
        String team = fresh("red");
        String text = trace(type("Missing"), "no basket");
        sendAndAwait(metAndMended(anna, team, text, 0));
        sendAndAwait(metAndMended(anna, team, text, 10));
        sendAndAwait(metAndMended(anna, team, text, 10));
        share(anna);
        assertThat(shown(team)).isEmpty();
        assertThat(number("SELECT count(*) FROM contribution WHERE scope_id = ?", team))
                .isEqualTo(1);
    }

    @Test
    void aRepositoryOfTheTeamIsEnough() throws SQLException {
        String team = fresh("red");
        String text = trace(type("Missing"), "no basket");
        OwnerName repository = OwnerName.repository(fresh("acme/ci"));
        sendAndAwait(error(repository, team, text, 0, false));
        models.ask(repository, state -> state.observations());
        makeEpochs();
        SharedPattern pattern = mustKnow(text, team);
        assertThat(pattern.people()).isZero();
        assertThat(pattern.support()).isEqualTo(1);
    }

    @Test
    void everyoneSeesWhatThreePeopleAgreedToShareAndNothingOnceOneTakesItBack() throws SQLException {
        List<String> people = List.of(fresh("anna"), fresh("ben"), fresh("cora"));
        String text = trace(type("Missing"), "no basket");
        try (Tail learned = new Tail(topics, "pattern.learned")) {
            for (int i = 0; i < people.size(); i++) {
                sendAndAwait(metAndMended(people.get(i), null, text, 10 * i));
                settings(people.get(i), true, i > 0, 100);
            }
            share(people.toArray(String[]::new));
            assertThat(known(text)).isNull();

            settings(people.getFirst(), true, true, 101);
            share(people.getFirst());
            SharedPattern pattern = mustKnow(text, fresh("any team"));
            assertThat(pattern.scope()).isEqualTo(SharedScope.EVERYONE);
            assertThat(pattern.people()).isEqualTo(3);
            assertThat(pattern.support()).isEqualTo(6);
            assertThat(json(pattern.detail()).has("fixes")).isFalse();

            settings(people.get(1), true, false, 102);
            share(people.get(1));
            assertThat(known(text)).isNull();
            assertThat(number(
                            "SELECT count(*) FROM contribution c JOIN owner w ON w.id = c.owner_id WHERE w.name = ? AND c.scope = 3",
                            people.get(1)))
                    .isZero();
            Conditions.awaitAsserted(
                    "it was said and taken back",
                    () -> assertThat(learned.all().stream()
                                    .map(record -> json(utf8(record.value())))
                                    .filter(said -> said.path("patternId")
                                                    .asText()
                                                    .equals(pattern.id())
                                            && said.path("scope").asText().equals("everyone"))
                                    .map(said -> said.get("state").textValue() + " " + said.get("version") + " "
                                            + said.has("scopeId"))
                                    .toList())
                            .containsExactly("active 1 false", "retired 2 false"));
        }
    }

    @Test
    void whoDoesNotShareWithTeamsTakesEverythingBack() throws SQLException {
        String anna = fresh("anna");
        String ben = fresh("ben");
        String team = fresh("red");
        String text = trace(type("Missing"), "no basket");
        sendAndAwait(metAndMended(anna, team, text, 0));
        sendAndAwait(metAndMended(ben, team, text, 10));
        share(anna, ben);
        assertThat(shown(team)).hasSize(1);
        settings(ben, false, false, 100);
        share(ben);
        assertThat(shown(team)).isEmpty();
        settings(ben, true, false, 101);
        share(ben);
        assertThat(mustKnow(text, team).people()).isEqualTo(2);
        assertThat(mustKnow(text, team).version()).isEqualTo(3);
    }

    @Test
    void anErasedPersonIsInNoSumAfterTheNextEpoch() throws SQLException {
        String anna = fresh("anna");
        String ben = fresh("ben");
        String cora = fresh("cora");
        String two = fresh("two");
        String three = fresh("three");
        String text = trace(type("Missing"), "no basket");
        for (String person : List.of(anna, ben)) {
            sendAndAwait(metAndMended(person, two, text, 0));
        }
        for (String person : List.of(anna, ben, cora)) {
            sendAndAwait(metAndMended(person, three, text, 20));
        }
        share(anna, ben, cora);
        assertThat(shown(two)).hasSize(1);
        assertThat(mustKnow(text, three).support()).isEqualTo(6);

        erase(ben);
        makeEpochs();

        assertThat(shown(two)).isEmpty();
        assertThat(known(text, two)).isNull();
        assertThat(mustKnow(text, three).people()).isEqualTo(2);
        assertThat(mustKnow(text, three).support()).isEqualTo(4);
    }

    @Test
    void whoDoesNotHaveThePatternCanJudgeTheTeams() throws SQLException {
        String anna = fresh("anna");
        String ben = fresh("ben");
        String newcomer = fresh("newcomer");
        String team = fresh("red");
        String text = trace(type("Missing"), "no basket");
        sendAndAwait(metAndMended(anna, team, text, 0));
        sendAndAwait(metAndMended(ben, team, text, 10));
        share(anna, ben);
        SharedPattern before = mustKnow(text, team);

        judge(newcomer, before.id(), false, team, 20);
        share(newcomer);
        SharedPattern after = mustKnow(text, team);
        assertThat(after.people()).isEqualTo(2);
        assertThat(after.support()).isEqualTo(4);
        assertThat(after.lower()).isLessThan(before.lower() - 0.2);

        // Nothing else of theirs changes it, and their own error makes the judgement part of what they show.
        sendAndAwait(error(OwnerName.person(newcomer), null, trace(type("Other"), "x"), 30, false));
        share(newcomer);
        assertThat(mustKnow(text, team)).isEqualTo(after);
        sendAndAwait(error(OwnerName.person(newcomer), team, text, 40, false));
        share(newcomer);
        assertThat(mustKnow(text, team).people()).isEqualTo(3);
        assertThat(mustKnow(text, team).support()).isEqualTo(5);
    }

    @Test
    void whatComesLateGivesTheSameRows() throws SQLException {
        List<String> rows = new ArrayList<>();
        String type = type("Missing");
        for (boolean late : new boolean[] {false, true}) {
            String anna = fresh("anna");
            String ben = fresh("ben");
            String team = fresh("red");
            List<ProducerRecord<byte[], byte[]>> first = new ArrayList<>(metAndMended(anna, team, trace(type, "a"), 0));
            first.addAll(metAndMended(ben, team, trace(type, "b"), 1));
            List<ProducerRecord<byte[], byte[]>> second = metAndMended(anna, team, trace(type, "c"), 50);
            sendAndAwait(late ? second : first);
            share(anna, ben);
            sendAndAwait(late ? first : second);
            share(anna, ben);
            rows.add(String.join("\n", shown(team)));
        }
        assertThat(rows.get(1)).isEqualTo(rows.get(0)).isNotEmpty();
    }

    @Test
    void anyInterleavingOverPartitionsAndInstancesGivesTheSameBytes() throws Exception {
        String types = type("Missing");
        List<String> expected = null;
        for (int seed = 1; seed <= 4; seed++) {
            Random random = new Random(seed);
            String team = fresh("red");
            List<OwnerName> owners = new ArrayList<>();
            List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
            for (int person = 0; person < 5; person++) {
                String name = fresh("person");
                owners.add(OwnerName.person(name));
                for (int which = 0; which < 3; which++) {
                    records.addAll(
                            metAndMended(name, team, trace(types + which, "m" + person), 100 * person + 10 * which));
                }
            }
            Collections.shuffle(records, random);
            records.replaceAll(record -> toPartition(random.nextInt(PARTITIONS), record));
            for (int from = 0; from < records.size(); from += 9) {
                sendAndAwait(records.subList(from, Math.min(records.size(), from + 9)));
                foldAndShareFromThreeSides(owners, random);
            }
            for (OwnerName owner : owners) {
                models.ask(owner, state -> state.observations());
            }
            makeEpochs();
            List<String> rows = shown(team);
            assertThat(rows).hasSize(3);
            expected = expected == null ? rows : expected;
            assertThat(rows).as("seed %d", seed).isEqualTo(expected);
        }
    }

    private void foldAndShareFromThreeSides(List<OwnerName> owners, Random random)
            throws InterruptedException, ExecutionException {
        try (ExecutorService sides = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> done = new ArrayList<>();
            for (int side = 0; side < 3; side++) {
                List<OwnerName> order = new ArrayList<>(owners);
                Collections.shuffle(order, random);
                done.add(sides.submit(() -> {
                    for (OwnerName owner : order.subList(0, 3)) {
                        models.ask(owner, state -> state.observations());
                        epochs.makeNext();
                    }
                    return null;
                }));
            }
            for (Future<?> each : done) {
                each.get();
            }
        }
    }

    @Test
    void ofTwoInstancesOneMakesTheEpoch() throws Exception {
        String anna = fresh("anna");
        String ben = fresh("ben");
        String team = fresh("red");
        String text = trace(type("Missing"), "no basket");
        sendAndAwait(metAndMended(anna, team, text, 0));
        sendAndAwait(metAndMended(ben, team, text, 10));
        models.ask(OwnerName.person(anna), state -> state.observations());
        models.ask(OwnerName.person(ben), state -> state.observations());
        transactions.run(work -> {
            // As long as another instance makes one, nothing is taken from it.
            Conditions.await("the lock is held", () -> new SharedTable().tryLock(work.connection()));
            int before = new SharedTable().epoch(work.connection());
            assertThat(epochs.makeNext()).isZero();
            assertThat(new SharedTable().epoch(work.connection())).isEqualTo(before);
            return null;
        });
        makeEpochs();
        assertThat(mustKnow(text, team).people()).isEqualTo(2);
        assertThat(rows("SELECT number::text FROM share_epoch GROUP BY number HAVING count(*) > 1"))
                .isEmpty();
    }

    @Test
    void noRowOfEveryoneHoldsAnythingPersonal() throws SQLException {
        List<String> secrets = List.of(
                "bob@example.com",
                "alicia",
                "/home/bob",
                "Users",
                "ghp_aB3dE5fG7hJ9",
                "hunter",
                "Diary.java",
                "Smith",
                "secretfile");
        List<String> texts = List.of(
                trace(type("Missing"), "user bob@example.com was not found in /home/bob/mail"),
                trace(type("Denied"), "account alicia may not open C:\\Users\\bob\\secretfile"),
                trace(type("Expired"), "token ghp_aB3dE5fG7hJ9 password=hunter \"Alice Smith\""),
                fresh("error")
                        + ": cannot find symbol in Diary.java for user alicia\n  at line 7 of /home/bob/Diary.java\n"
                        + "  note for 'Alice Smith': see ~/secretfile\n");
        List<String> people = List.of(fresh("anna"), fresh("ben"), fresh("cora"));
        for (String person : people) {
            int minute = 0;
            for (String text : texts) {
                sendAndAwait(metAndMended(person, null, text, minute));
                minute += 10;
            }
            settings(person, true, true, 100);
        }
        share(people.toArray(String[]::new));

        for (String text : texts) {
            assertThat(mustKnow(text).people()).isEqualTo(3);
        }
        for (String table : List.of("shared_pattern", "shared_member", "contribution", "shared_announcement")) {
            assertThat(rows("SELECT t::text FROM " + table + " t WHERE scope = 3"))
                    .as(table)
                    .isNotEmpty()
                    .allSatisfy(row -> assertThat(row).doesNotContain(secrets).doesNotContain(people));
        }
        assertThat(rows("SELECT title FROM shared_pattern WHERE scope = 3"))
                .anySatisfy(title -> assertThat(title).endsWith(": user <*> was not found in <*>"));
    }
}
