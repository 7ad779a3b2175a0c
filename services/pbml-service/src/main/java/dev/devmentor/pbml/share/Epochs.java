package dev.devmentor.pbml.share;

import dev.devmentor.events.Envelope;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.events.EventTypes;
import dev.devmentor.events.PatternLearned;
import dev.devmentor.events.PatternScope;
import dev.devmentor.events.PatternState;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.kit.transaction.UnitOfWork;
import dev.devmentor.pbml.engine.confidence.LifeState;
import dev.devmentor.pbml.engine.owner.PatternKind;
import dev.devmentor.pbml.log.EventSource;
import dev.devmentor.pbml.share.SharedTable.Said;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The numbered epochs of what is shared (contract 5, docs/adr/0014). Each sums up anew what owners contribute to the patterns
 * that changed since the one before; so it says what the contributions say, whatever happened in between.
 */
@ApplicationScoped
class Epochs {
    /** More than this are left to the next epoch, which follows at once. */
    private static final int NOTES_AT_ONCE = 2_000;

    private static final int STEPS_OF_CONFIDENCE = 20;
    private static final int LONGEST_TITLE = 300;
    private static final int MOST_NAMES = 32;

    private final ShareTable contributions;
    private final SharedTable table;
    private final Transactions transactions;
    private final Clock clock;

    Epochs(ShareTable contributions, SharedTable table, Transactions transactions, Clock clock) {
        this.contributions = contributions;
        this.table = table;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Makes the next epoch if anything changed and no other instance is making one.
     *
     * @return how many sums were made; 0 if there was nothing to do, or another instance is at it
     */
    int makeNext() throws SQLException {
        return transactions.run(this::sumUp);
    }

    private int sumUp(UnitOfWork work) throws SQLException {
        Connection connection = work.connection();
        if (!table.tryLock(connection)) {
            return 0;
        }
        SortedSet<SharedKey> keys = contributions.take(connection, NOTES_AT_ONCE);
        if (keys.isEmpty()) {
            return 0;
        }
        int number = table.epoch(connection) + 1;
        SortedMap<SharedKey, Sum> sums = new TreeMap<>();
        contributions.visit(
                connection,
                keys,
                (owner, contribution) -> sums.computeIfAbsent(
                                contribution.key(), key -> new Sum(key, contribution.kind()))
                        .add(owner, contribution));
        Map<SharedKey, Said> said = table.said(connection, keys);
        Map<SharedKey, Said> now = new HashMap<>();
        List<SharedPattern> patterns = new ArrayList<>();
        List<SharedKey> gone = new ArrayList<>();
        Map<SharedKey, List<String>> members = new HashMap<>();
        for (SharedKey key : keys) {
            Sum sum = sums.get(key);
            SharedPattern pattern = sum == null ? null : sum.pattern(number);
            Said before = said.get(key);
            if (sum == null || pattern == null) {
                gone.add(key);
                members.put(key, List.of());
                if (before != null && before.digest() != 0) {
                    Said taken = new Said(before.version() + 1, 0);
                    now.put(key, taken);
                    publish(work, key, taken.version(), null, null);
                }
                continue;
            }
            members.put(key, sum.members());
            long digest = digest(pattern, sum);
            boolean worthIt = pattern.state() == LifeState.ACTIVE || before != null && before.digest() != 0;
            int version = before == null ? 0 : before.version();
            if (worthIt && (before == null || before.digest() != digest)) {
                version++;
                now.put(key, new Said(version, digest));
                publish(work, key, version, pattern, sum);
            }
            patterns.add(of(pattern, version));
        }
        table.delete(connection, gone);
        table.store(connection, patterns);
        table.storeMembers(connection, members);
        table.note(connection, now);
        table.insertEpoch(connection, number, Micros.of(clock.instant()), patterns.size());
        return keys.size();
    }

    private static SharedPattern of(SharedPattern pattern, int version) {
        return new SharedPattern(
                pattern.scope(),
                pattern.scopeId(),
                pattern.id(),
                pattern.kind(),
                pattern.state(),
                pattern.lower(),
                pattern.mean(),
                pattern.support(),
                pattern.firstMicros(),
                pattern.lastMicros(),
                pattern.sinceMicros(),
                pattern.title(),
                pattern.detail(),
                pattern.people(),
                pattern.epoch(),
                version);
    }

    /** @param pattern null if it is no more */
    private void publish(
            UnitOfWork work, SharedKey key, int version, @Nullable SharedPattern pattern, @Nullable Sum sum) {
        boolean team = key.scope() == SharedScope.TEAM;
        PatternKind kind = pattern == null ? Objects.requireNonNull(Shares.kindOf(key.pattern())) : pattern.kind();
        work.publish(
                EventTypes.PATTERN_LEARNED,
                new Envelope(
                        EventEncoder.contentId(
                                "shared", key.scope().name(), key.scopeId(), key.pattern(), Integer.toString(version)),
                        EventSource.URI,
                        EventTypes.PATTERN_LEARNED.name(),
                        null,
                        null,
                        EventTypes.PATTERN_LEARNED.schemaUri(),
                        null,
                        null),
                team ? key.scopeId() : key.pattern(),
                new PatternLearned(
                        key.pattern(),
                        dev.devmentor.events.PatternKind.valueOf(kind.name()),
                        team ? PatternScope.TEAM : PatternScope.EVERYONE,
                        team ? key.scopeId() : null,
                        pattern == null
                                ? PatternState.RETIRED
                                : PatternState.valueOf(pattern.state().name()),
                        version,
                        pattern == null ? "a pattern that is no more" : cut(pattern.title()),
                        pattern == null ? 0 : pattern.lower(),
                        pattern == null ? 0 : pattern.support(),
                        pattern == null ? clock.instant() : Micros.toInstant(pattern.sinceMicros()),
                        sum == null
                                ? List.of()
                                : sum.skills().stream().limit(MOST_NAMES).toList(),
                        sum == null
                                ? List.of()
                                : sum.items().stream().limit(MOST_NAMES).toList(),
                        List.of(),
                        null,
                        List.of(),
                        null));
    }

    private static String cut(String title) {
        return title.length() <= LONGEST_TITLE ? title : title.substring(0, LONGEST_TITLE - 1) + "…";
    }

    /** Never 0. */
    private static long digest(SharedPattern pattern, Sum sum) {
        long digest = 17;
        for (Object part : new Object[] {
            pattern.state().name(),
            pattern.title(),
            Math.round(pattern.lower() * STEPS_OF_CONFIDENCE),
            sum.skills(),
            sum.items()
        }) {
            digest = digest * 1_000_003 + part.hashCode();
        }
        return digest == 0 ? 1 : digest;
    }
}
