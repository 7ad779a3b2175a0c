package dev.devmentor.learning.verify;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.devmentor.deterministic.MathChecksum;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.kit.transaction.UnitOfWork;
import dev.devmentor.learning.card.Card;
import dev.devmentor.learning.card.CardKey;
import dev.devmentor.learning.card.CardTable;
import dev.devmentor.learning.engine.card.CardFold;
import dev.devmentor.learning.engine.schedule.Models;
import dev.devmentor.learning.hint.HintTable;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.learner.Learners;
import dev.devmentor.learning.log.ReviewLog;
import dev.devmentor.learning.note.NoteTable;
import dev.devmentor.learning.person.People;
import dev.devmentor.learning.task.FocusTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Folds every card and every person again from the log, and computes settings, open tasks, notes and hints from it, and compares
 * all of it with what is stored, bit by bit. First it tries whether this build computes as every other does, JVM or native.
 */
@ApplicationScoped
public class VerifyState {
    private static final Logger LOG = Logger.getLogger(VerifyState.class);
    private static final int LEARNERS_AT_ONCE = 50;
    private static final int BLOCKS_PER_LINE = 20;

    private final Transactions transactions;
    private final Learners learners;
    private final CardTable cards;
    private final FocusTable focus;
    private final NoteTable notes;
    private final HintTable hints;
    private final ReviewLog log;
    private final People people;

    VerifyState(
            Transactions transactions,
            Learners learners,
            CardTable cards,
            FocusTable focus,
            NoteTable notes,
            HintTable hints,
            ReviewLog log,
            People people) {
        this.transactions = transactions;
        this.learners = learners;
        this.cards = cards;
        this.focus = focus;
        this.notes = notes;
        this.hints = hints;
        this.log = log;
        this.people = people;
    }

    /**
     * How far it is.
     *
     * @param checksum over all card states, independent of their order; in the last line
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(examples = """
            {"learners": 12, "entries": 4501, "cards": 1800, "mismatches": 0, "done": true,
             "checksum": "9c1f0a77d2e4b635"}""")
    public record Progress(
            long learners,
            long entries,
            long cards,
            long mismatches,
            boolean done,
            @Nullable String checksum) {}

    private static final class Count {
        private long learners;
        private long entries;
        private long cards;
        private long mismatches;
        private long checksum;
    }

    void run(Consumer<Progress> report, BooleanSupplier cancelled) throws SQLException {
        Count count = new Count();
        if (MathChecksum.ofAMillion() != MathChecksum.EXPECTED) {
            // Then every fold of this build is suspect, whether it differs from what is stored or not.
            count.mismatches++;
            LOG.error("verify: the arithmetic of this build gives other bits than the one that was tested");
        }
        long after = 0;
        for (int block = 1; !cancelled.getAsBoolean(); block++) {
            long from = after;
            long[] ids = transactions.run(work -> {
                long[] next = learners.idsAfter(work.connection(), from, LEARNERS_AT_ONCE);
                for (Learner learner : learners.lockByIds(work.connection(), next)) {
                    verify(work, learner, count);
                }
                return next;
            });
            if (ids.length == 0) {
                report.accept(progress(count, true));
                return;
            }
            after = ids[ids.length - 1];
            if (block % BLOCKS_PER_LINE == 0) {
                report.accept(progress(count, false));
            }
        }
    }

    private static Progress progress(Count count, boolean done) {
        return new Progress(
                count.learners,
                count.entries,
                count.cards,
                count.mismatches,
                done,
                done ? Long.toHexString(count.checksum) : null);
    }

    private void verify(UnitOfWork work, Learner learner, Count count) throws SQLException {
        Connection connection = work.connection();
        Map<CardKey, Card> stored = new HashMap<>();
        Set<CardKey> damaged = new HashSet<>();
        for (Card card : cards.readableOfLearner(connection, learner.id(), damaged::add)) {
            stored.put(card.key(), card);
            count.checksum += checksum(learner, card);
        }
        count.learners++;
        count.cards += stored.size() + damaged.size();
        for (CardKey _ : damaged) {
            mismatch(count, learner, "a card that cannot be read");
        }
        CardFold fold = log.foldOf(connection, learner);
        if (!fold.settingsNow().equals(learner.settings())) {
            mismatch(count, learner, "settings");
        }
        if (!sameWeights(fold.modelsNow(), learner.models())) {
            mismatch(count, learner, "weights");
        }
        count.entries += log.replayAll(connection, learner, folded -> {
            if (!damaged.contains(folded.key()) && !folded.equals(stored.remove(folded.key()))) {
                mismatch(count, learner, "a card");
            }
        });
        for (CardKey _ : stored.keySet()) {
            mismatch(count, learner, "a card without entries");
        }
        for (long i = focus.differences(connection, learner.id()); i > 0; i--) {
            mismatch(count, learner, "an open task");
        }
        for (long i = notes.differences(connection, learner.id()); i > 0; i--) {
            mismatch(count, learner, "a note");
        }
        for (long i = hints.differences(connection, learner.id()); i > 0; i--) {
            mismatch(count, learner, "a hint");
        }
        if (people.differs(work, learner)) {
            mismatch(count, learner, "the state of the person");
        }
    }

    private static boolean sameWeights(Models log, Models kept) {
        return log.version() == kept.version()
                && log.fsrs6().weights().equals(kept.fsrs6().weights())
                && log.fsrs7().weights().equals(kept.fsrs7().weights());
    }

    private static long checksum(Learner learner, Card card) {
        long hash = card.state().checksum();
        hash = hash * 31 + learner.sub().hashCode();
        hash = hash * 31 + card.key().item().hashCode();
        return hash * 31 + card.skills().hashCode();
    }

    private static void mismatch(Count count, Learner learner, String what) {
        count.mismatches++;
        LOG.errorf("verify: %s of learner %d differs from the log", what, learner.id());
    }
}
