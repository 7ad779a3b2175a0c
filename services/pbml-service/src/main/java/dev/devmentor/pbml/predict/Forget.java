package dev.devmentor.pbml.predict;

import dev.devmentor.kit.consume.EventIdentity;
import dev.devmentor.kit.transaction.Transactions;
import dev.devmentor.pbml.log.ObservationLog;
import dev.devmentor.pbml.model.Models;
import dev.devmentor.pbml.owner.Owner;
import dev.devmentor.pbml.owner.OwnerName;
import dev.devmentor.pbml.owner.Owners;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Takes the content of observations out of a person's log, and everything that was learned from it with it. */
@ApplicationScoped
class Forget {
    private final Owners owners;
    private final ObservationLog log;
    private final Models models;
    private final Transactions transactions;

    Forget(Owners owners, ObservationLog log, Models models, Transactions transactions) {
        this.owners = owners;
        this.log = log;
        this.models = models;
        this.transactions = transactions;
    }

    /** @return how many observations had any content; others are not there, or were forgotten before */
    int forget(OwnerName person, Set<EventIdentity> events) throws SQLException {
        int forgotten = transactions.runRetrying(work -> {
            Owner known = owners.find(work.connection(), person);
            if (known == null) {
                return 0;
            }
            List<Owner> locked = owners.lockByIds(work.connection(), new long[] {known.id()});
            if (locked.isEmpty()) {
                return 0;
            }
            int count = log.forget(work, locked.getFirst(), events);
            if (count > 0) {
                models.startOver(work, known.id());
            }
            return count;
        });
        if (forgotten > 0) {
            // Whoever gets the answer finds the patterns as they are without it.
            models.ask(person, state -> state.observations());
        }
        return forgotten;
    }
}
