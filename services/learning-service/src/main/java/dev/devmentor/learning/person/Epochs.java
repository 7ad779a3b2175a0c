package dev.devmentor.learning.person;

import dev.devmentor.kit.KitConfig;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.learning.LearningConfig;
import dev.devmentor.learning.engine.person.SharedKey;
import dev.devmentor.learning.engine.rating.SharedRating;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * The numbered epochs of what people share (contract 5, docs/adr/0012). An epoch is written before the time at which it
 * comes into force, and never changes; so a person's fold gives the same bits whenever it is done.
 */
@ApplicationScoped
class Epochs {
    private static final Logger LOG = Logger.getLogger(Epochs.class);

    /**
     * What fewer people than this answered, and is not of the bank, does not become shared: nobody's own item or skill
     * may tell others of its person.
     */
    private static final int FEWEST_LEARNERS = 3;

    private final SharedTable table;
    private final PersonTable people;
    private final BankItems bank;
    private final Duration lead;
    private final Duration period;
    private final Clock clock;

    private volatile Difficulties known = Difficulties.NOTHING;

    Epochs(SharedTable table, PersonTable people, BankItems bank, KitConfig kit, LearningConfig config, Clock clock) {
        this.table = table;
        this.people = people;
        this.bank = bank;
        // No event is further ahead than maxAhead; as much again is left for clocks that differ.
        this.lead = kit.consumer().maxAhead().multipliedBy(2);
        this.period = config.person().epoch();
        this.clock = clock;
    }

    /** Everything in force at any time that an entry of the log may have. */
    Difficulties current(Connection connection) throws SQLException {
        SharedTable.Epoch newest = table.newest(connection);
        if (newest == null) {
            openFirst(connection);
            newest = table.newest(connection);
            if (newest == null) {
                throw new IllegalStateException("the first epoch was written and is not there");
            }
            // Not kept: the transaction that wrote it may still fail.
            return table.loadAfter(connection, Difficulties.NOTHING);
        }
        Difficulties now = known;
        if (now.newest() < newest.number()) {
            now = table.loadAfter(connection, now);
            known = now;
        }
        return now;
    }

    private void openFirst(Connection connection) throws SQLException {
        table.lock(connection);
        if (table.newest(connection) == null) {
            table.insert(
                    connection,
                    new SharedTable.Epoch(0, Long.MIN_VALUE, Micros.of(clock.instant()), 0, 0),
                    bank.items().values());
        }
    }

    /**
     * Makes the next epoch if it is time, in the caller's transaction: once a period if anybody answered anything, and
     * when the bank changed. One instance does it, the others go on.
     *
     * @return whether there is a new epoch
     */
    boolean makeNextIfDue(Connection connection) throws SQLException {
        SharedTable.Epoch last = table.newest(connection);
        long now = Micros.of(clock.instant());
        if (last == null || last.fromMicros() > now || !table.tryLock(connection)) {
            return false;
        }
        Difficulties before = current(connection);
        if (before.newest() != last.number()) {
            return false; // another instance was faster
        }
        List<Difficulties.Step> ofBank = changedInBank(before);
        boolean timeIsUp = now - last.madeMicros() >= period.toNanos() / 1_000;
        if (!timeIsUp && ofBank.isEmpty()) {
            return false;
        }
        PersonTable.EpochEvidence sums = people.evidence(connection, last.number());
        if (sums.learners() == 0 && ofBank.isEmpty()) {
            return false;
        }
        int number = last.number() + 1;
        SortedMap<SharedKey, Difficulties.Step> next = next(number, before, ofBank, sums.byKey());
        long from = Math.max(now + lead.toNanos() / 1_000, last.fromMicros() + 1);
        table.insert(
                connection, new SharedTable.Epoch(number, from, now, sums.learners(), sums.answers()), next.values());
        if (sums.layer().answers() > 0) {
            table.insert(connection, number, before.layer(last.number()).next(sums.layer()));
        }
        LOG.infof(
                "epoch %d: %d difficulties, from %d answers of %d people, in force from %s",
                number, next.size(), sums.answers(), sums.learners(), Micros.toInstant(from));
        return true;
    }

    /** Questions that the bank did not have, or of which it says something else, as they are from the next epoch on. */
    private List<Difficulties.Step> changedInBank(Difficulties before) {
        List<Difficulties.Step> changed = new ArrayList<>();
        for (Difficulties.Step item : bank.items().values()) {
            Difficulties.Step last = before.latest(item.key());
            if (last == null || !last.ofBank()) {
                changed.add(item);
            } else if (last.guess() != item.guess() || last.seconds() != item.seconds()) {
                changed.add(new Difficulties.Step(item.key(), last.rating(), item.guess(), item.seconds()));
            }
        }
        return changed;
    }

    private SortedMap<SharedKey, Difficulties.Step> next(
            int number, Difficulties before, List<Difficulties.Step> ofBank, Map<SharedKey, PersonTable.Sum> evidence) {
        SortedMap<SharedKey, Difficulties.Step> next = new TreeMap<>();
        for (Difficulties.Step step : ofBank) {
            SharedRating rating = step.rating();
            next.put(
                    step.key(),
                    new Difficulties.Step(
                            step.key(),
                            new SharedRating(number, rating.difficulty(), rating.variance(), rating.answers()),
                            step.guess(),
                            step.seconds()));
        }
        evidence.forEach((key, sum) -> {
            Difficulties.Step last = before.latest(key);
            if (last == null && !mayBeShared(key, sum.learners())) {
                return;
            }
            SharedRating rating = last == null ? prior(key) : last.rating();
            Difficulties.Step facts = next.getOrDefault(key, last);
            next.put(
                    key,
                    new Difficulties.Step(
                            key,
                            rating.next(number, sum.evidence()),
                            facts == null ? Double.NaN : facts.guess(),
                            facts == null ? 0 : facts.seconds()));
        });
        return next;
    }

    private boolean mayBeShared(SharedKey key, int learners) {
        return key.kind() == SharedKey.Kind.ROOT
                || learners >= FEWEST_LEARNERS
                || (key.kind() == SharedKey.Kind.SKILL && bank.skills().contains(key.id()));
    }

    private static SharedRating prior(SharedKey key) {
        return switch (key.kind()) {
            case ROOT -> SharedRating.ROOT;
            case SKILL -> SharedRating.SKILL;
            case ITEM -> SharedRating.ITEM;
        };
    }
}
