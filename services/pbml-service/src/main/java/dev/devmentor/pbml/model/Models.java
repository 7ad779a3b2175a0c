package dev.devmentor.pbml.model;

import dev.devmentor.kit.fold.Touched;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.kit.transaction.CrashPoints;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.kit.transaction.UnitOfWork;
import dev.devmentor.pbml.engine.owner.EventKey;
import dev.devmentor.pbml.engine.owner.OwnerLimits;
import dev.devmentor.pbml.engine.owner.OwnerState;
import dev.devmentor.pbml.engine.owner.PatternView;
import dev.devmentor.pbml.engine.owner.Performance;
import dev.devmentor.pbml.log.ObservationTable;
import dev.devmentor.pbml.model.HotModels.Hot;
import dev.devmentor.pbml.owner.Owner;
import dev.devmentor.pbml.owner.OwnerName;
import dev.devmentor.pbml.owner.Owners;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The models of owners. Whoever asks gets one that is folded from the whole log as it was when they asked.
 *
 * <p>A fold holds the owner's row, so that an erasure waits for it or it for an erasure, and locks the place of the fold, so
 * that two folds of one owner follow each other. What comes in order is applied to the model in memory. What comes late is applied
 * to the one that was saved, with all that comes behind it; what comes later than that, or takes something back, makes the log be
 * folded from its beginning. All give the same bytes.
 */
@ApplicationScoped
public class Models {
    private static final Logger LOG = Logger.getLogger(Models.class);
    /** A state is saved when its log has grown by a tenth, and by so many observations at least. */
    private static final int LEAST_TO_SAVE = 200;

    private static final int TENTH = 10;
    private static final int TWENTIETH = 20;

    private final Owners owners;
    private final ObservationTable log;
    private final Touched touched;
    private final ModelTable table;
    private final HotModels hotModels;
    private final FoldMetrics metrics;
    private final Instance<Projection> projections;
    private final Transactions transactions;
    private final AgroalDataSource dataSource;
    private final Clock clock;

    Models(
            Owners owners,
            ObservationTable log,
            Touched touched,
            ModelTable table,
            HotModels hotModels,
            FoldMetrics metrics,
            Instance<Projection> projections,
            Transactions transactions,
            AgroalDataSource dataSource,
            Clock clock) {
        this.owners = owners;
        this.log = log;
        this.touched = touched;
        this.table = table;
        this.hotModels = hotModels;
        this.metrics = metrics;
        this.projections = projections;
        this.transactions = transactions;
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /**
     * What a fold learned of an owner.
     *
     * @param state as it is now
     * @param changed patterns that changed
     * @param removed ids of patterns that are no more
     * @param drifts changes of rates that were noticed
     */
    public record Learned(
            Owner owner,
            OwnerState state,
            List<PatternView> changed,
            Set<String> removed,
            List<Performance.Drifted> drifts) {}

    /** Something that follows from the models and is stored with them, in the transaction of each fold. */
    public interface Projection {
        /** Stores what a fold learned. What it says may have been said before: the result is the same. */
        void project(UnitOfWork work, Learned learned) throws SQLException;

        /** Ids of patterns that are stored of an owner; those that the model does not have any more are removed. */
        default Set<String> stored(Connection connection, long ownerId) throws SQLException {
            return Set.of();
        }
    }

    /** Asks the model of an owner; that of nobody if there is no such owner. The model must not leave the question. */
    public <R extends @Nullable Object> R ask(OwnerName name, Function<OwnerState, R> question) throws SQLException {
        Owner owner;
        int forgettings = 0;
        try (Connection connection = dataSource.getConnection()) {
            owner = owners.find(connection, name);
            if (owner != null) {
                forgettings = table.forgettings(connection, owner.id());
            }
        }
        return owner == null ? question.apply(new OwnerState()) : ask(owner, forgettings, question);
    }

    private <R extends @Nullable Object> R ask(Owner owner, int forgettings, Function<OwnerState, R> question)
            throws SQLException {
        Hot hot = hotModels.of(owner.id());
        hot.lock.lock();
        try {
            OwnerState state = hot.state;
            boolean current = state != null
                    && hot.observations == owner.observations()
                    && hot.forgettings == forgettings
                    && !isToBeLookedAt(state);
            if (!current) {
                fold(owner.id(), hot);
                state = hot.state;
            }
            return question.apply(state == null ? new OwnerState() : state);
        } finally {
            hotModels.weigh(hot);
            hot.lock.unlock();
        }
    }

    private void fold(long ownerId, Hot hot) throws SQLException {
        try {
            transactions.runRetrying(work -> {
                try (Statement settings = work.connection().createStatement()) {
                    // What a crash takes back of a fold is folded again, and says the same.
                    settings.execute("SET LOCAL synchronous_commit = off");
                }
                fold(work, ownerId, hot);
                CrashPoints.reached("model.folded");
                return hot.observations;
            });
        } catch (SQLException | RuntimeException failure) {
            // What is in memory may be ahead of what was stored beside it.
            hot.forget();
            throw failure;
        }
    }

    /** Those of some owners whose models are not what their logs say by now. */
    Set<Long> behind(Connection connection, Collection<Long> ownerIds) throws SQLException {
        return table.behind(connection, ownerIds, Micros.of(clock.instant()));
    }

    /** Brings the model of an owner up to the log; nothing happens if there is no such owner. */
    void bringUp(long ownerId) throws SQLException {
        Hot hot = hotModels.of(ownerId);
        hot.lock.lock();
        try {
            fold(ownerId, hot);
        } finally {
            hotModels.weigh(hot);
            hot.lock.unlock();
        }
        CrashPoints.reached("model.committed");
    }

    private void fold(UnitOfWork work, long ownerId, Hot hot) throws SQLException {
        Connection connection = work.connection();
        List<Owner> held = owners.hold(connection, new long[] {ownerId});
        if (held.isEmpty()) {
            hot.forget();
            hotModels.forget(ownerId);
            return;
        }
        Owner owner = held.getFirst();
        ModelTable.Place place = table.lock(connection, ownerId);
        LogPass pass = foldBehind(connection, owner, place, hot);
        OwnerState state = Objects.requireNonNull(hot.state);
        Long look = look(connection, ownerId, state, place);
        state.rest();
        project(work, owner, state, pass.upToMark() == place.observations());
        table.store(connection, ownerId, hot.observations, state, look);
        ModelTable.Saved snapshot = pass.snapshot();
        if (snapshot != null) {
            table.save(connection, ownerId, snapshot, Micros.of(clock.instant()));
            hot.saved = snapshot.observations();
        }
    }

    /** Applies what is behind the model in memory; if that does not do, behind the saved one; else the whole log. */
    private LogPass foldBehind(Connection connection, Owner owner, ModelTable.Place place, Hot hot)
            throws SQLException {
        boolean inMemory =
                hot.state != null && hot.forgettings == place.forgettings() && hot.observations <= place.observations();
        if (!inMemory) {
            restore(connection, owner.id(), hot);
            hot.forgettings = place.forgettings();
        }
        long before = hot.observations;
        LogPass pass = append(connection, owner, place, hot);
        if (pass != null) {
            if (hot.observations > before) {
                metrics.appended();
            }
            return pass;
        }
        if (inMemory) {
            restore(connection, owner.id(), hot);
            pass = append(connection, owner, place, hot);
            if (pass != null) {
                metrics.resumed();
                return pass;
            }
        }
        metrics.replayed();
        return replay(connection, owner, place, hot);
    }

    private void restore(Connection connection, long ownerId, Hot hot) throws SQLException {
        hot.forget();
        hot.state = new OwnerState();
        try {
            ModelTable.Saved saved = table.saved(connection, ownerId);
            if (saved != null) {
                hot.state = OwnerState.restore(saved.state(), OwnerLimits.DEFAULT);
                hot.observations = saved.observations();
                hot.saved = saved.observations();
            }
        } catch (IllegalArgumentException damaged) {
            LOG.error("a saved model is damaged and is folded again", damaged);
        }
    }

    /**
     * Applies what comes behind the model; null if something came before, or takes something back: then the model is good for
     * nothing.
     */
    private @Nullable LogPass append(Connection connection, Owner owner, ModelTable.Place place, Hot hot)
            throws SQLException {
        OwnerState state = Objects.requireNonNull(hot.state);
        EventKey after = state.observations() == 0 ? null : state.folded();
        LogPass pass = new LogPass(state, hot.observations, Restores.NONE, place.key());
        long grown = owner.observations() - hot.saved;
        if (grown >= Math.max(LEAST_TO_SAVE, hot.saved / TENTH)) {
            pass.snapshotAt(whereToSave(owner));
        }
        long observations = log.visitBehind(connection, owner.id(), after, pass);
        if (pass.takesBack() || pass.observations() != observations) {
            return null;
        }
        hot.observations = observations;
        return pass;
    }

    private LogPass replay(Connection connection, Owner owner, ModelTable.Place place, Hot hot) throws SQLException {
        Restores restores = Restores.of(log.controls(connection, owner.id()));
        OwnerState state = new OwnerState();
        LogPass pass = new LogPass(state, 0, restores, place.key());
        pass.snapshotAt(whereToSave(owner));
        log.visitBehind(connection, owner.id(), null, pass);
        hot.state = state;
        hot.observations = pass.observations();
        hot.saved = 0;
        return pass;
    }

    /** A little behind the end of the log, in rows: what comes late is mostly late by seconds. */
    private static long whereToSave(Owner owner) {
        return owner.observations() - owner.observations() / TWENTIETH;
    }

    private boolean isToBeLookedAt(OwnerState state) {
        return state.isLearningToBeLookedAt(Micros.of(clock.instant()));
    }

    /** Looks through the answers if it is time; notes when somebody has to, if a sitting still goes on. */
    private @Nullable Long look(Connection connection, long ownerId, OwnerState state, ModelTable.Place place)
            throws SQLException {
        long now = Micros.of(clock.instant());
        if (state.isLearningToBeLookedAt(now)) {
            state.lookAtLearning();
        }
        long ends = state.sittingEndsMicros();
        if (ends <= now) {
            return null;
        }
        Long noted = place.lookMicros();
        if (noted != null && noted > now) {
            return noted;
        }
        touched.noteFor(connection, ownerId, ends);
        return ends;
    }

    /** @param goesOn whether what was projected last is what the log said up to there; if not, any pattern may be another */
    private void project(UnitOfWork work, Owner owner, OwnerState state, boolean goesOn) throws SQLException {
        List<PatternView> changed = state.takeChanged();
        if (!goesOn) {
            changed = state.patterns();
        }
        Set<String> removed = new HashSet<>(state.takeRemoved());
        List<Performance.Drifted> drifts = state.takeDrifts();
        for (Projection projection : projections) {
            for (String stored : projection.stored(work.connection(), owner.id())) {
                if (state.pattern(stored) == null) {
                    removed.add(stored);
                }
            }
        }
        Learned learned = new Learned(owner, state, changed, Set.copyOf(removed), drifts);
        for (Projection projection : projections) {
            projection.project(work, learned);
        }
    }

    /**
     * Whether what is kept of an owner is another than what the log says, in any byte. What is behind the log is no such
     * thing: it is folded first, as for everybody who asks.
     */
    public boolean differs(Owner owner) throws SQLException {
        Hot hot = hotModels.of(owner.id());
        hot.lock.lock();
        try {
            fold(owner.id(), hot);
            OwnerState state = hot.state;
            if (state == null) {
                return false;
            }
            return transactions.run(work -> {
                if (owners.hold(work.connection(), new long[] {owner.id()}).isEmpty()) {
                    return false;
                }
                table.lock(work.connection(), owner.id());
                Hot again = new Hot();
                replay(work.connection(), owner, ModelTable.Place.BEGINNING, again);
                OwnerState computed = Objects.requireNonNull(again.state);
                if (again.observations != hot.observations) {
                    return false; // it grew meanwhile; another verification will see it whole
                }
                return !Arrays.equals(computed.snapshot(), state.snapshot());
            });
        } finally {
            hotModels.weigh(hot);
            hot.lock.unlock();
        }
    }

    /**
     * Says, in the transaction that took content away from an owner's log, that no model from before is to be used any more, on
     * whatever instance: the saved one goes, those in memory see it by the number of forgettings, and the log is folded again.
     */
    public void startOver(UnitOfWork work, long ownerId) throws SQLException {
        // A fold that is under way ends first, so that it saves nothing of what it still knew.
        table.lock(work.connection(), ownerId);
        table.startOver(work.connection(), ownerId);
        touched.noteFor(work.connection(), ownerId, Micros.of(clock.instant()));
        work.onCommit(touched::raise);
    }

    /**
     * What is known of an owner's model that was saved.
     *
     * @param version of its form
     * @param observations that are in it
     * @param savedMicros when, microseconds since 1970-01-01T00:00Z
     * @param bytes uncompressed
     */
    public record Saved(int version, long observations, long savedMicros, int bytes) {}

    /** The model of an owner that was saved last; null if there is none. */
    public @Nullable Saved saved(OwnerName name) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            Owner owner = owners.find(connection, name);
            ModelTable.SavedFacts facts = owner == null ? null : table.savedFacts(connection, owner.id());
            return facts == null
                    ? null
                    : new Saved(facts.version(), facts.observations(), facts.savedMicros(), facts.bytes());
        }
    }

    /** Whether the model that was saved of an owner can't be read; whoever asks for it gets one that is folded again. */
    public boolean isSavedDamaged(long ownerId) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            ModelTable.Saved saved = table.saved(connection, ownerId);
            if (saved != null) {
                OwnerState.restore(saved.state(), OwnerLimits.DEFAULT);
            }
            return false;
        } catch (IllegalArgumentException damaged) {
            return true;
        }
    }

    /** Forgets what is in memory of owners that were erased, perhaps by another instance. */
    void forgetErased() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            for (long ownerId : owners.missing(connection, hotModels.owners())) {
                hotModels.forget(ownerId);
            }
        }
    }

    /** Forgets what is in memory of an owner, who is being erased or whose model is to be read again. */
    public void forget(long ownerId) {
        hotModels.forget(ownerId);
    }
}
