package dev.devmentor.pbml.share;

import dev.devmentor.kit.transaction.UnitOfWork;
import dev.devmentor.pbml.engine.owner.PatternView;
import dev.devmentor.pbml.model.Models;
import dev.devmentor.pbml.owner.OwnerKind;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keeps what each owner contributes, in the transaction of each fold: rows follow from the state alone. A repository
 * contributes to teams that its events name; to everyone only people do, and only who said so.
 */
@ApplicationScoped
@Priority(3)
class Contributions implements Models.Projection {
    private final ShareTable table;

    Contributions(ShareTable table) {
        this.table = table;
    }

    @Override
    public void project(UnitOfWork work, Models.Learned learned) throws SQLException {
        Connection connection = work.connection();
        long owner = learned.owner().id();
        boolean person = learned.owner().name().kind() == OwnerKind.PERSON;
        ShareTable.Sharing now = new ShareTable.Sharing(
                learned.state().sharesWithTeams(), person && learned.state().sharesWithEveryone());
        boolean otherwise = !now.equals(table.sharing(connection, owner));
        Collection<PatternView> patterns = otherwise ? learned.state().patterns() : learned.changed();
        Set<String> ids = new TreeSet<>(learned.removed());
        patterns.forEach(view -> ids.add(view.id()));
        Map<SharedKey, Contribution> wanted = Shares.of(learned.state(), now.withEveryone(), patterns);
        wanted.keySet().forEach(key -> ids.add(key.pattern()));
        if (otherwise) {
            table.store(connection, owner, now);
        } else if (ids.isEmpty()) {
            return;
        }
        Map<SharedKey, Contribution> present =
                otherwise ? table.contributions(connection, owner) : table.contributions(connection, owner, ids);
        List<Contribution> changed = new ArrayList<>();
        for (Contribution each : wanted.values()) {
            if (!each.equals(present.get(each.key()))) {
                changed.add(each);
            }
        }
        Set<SharedKey> gone = new TreeSet<>(present.keySet());
        gone.removeAll(wanted.keySet());
        // What was only judged is read with the others, and stays unless the pattern changed or is not judged any more.
        gone.removeIf(key ->
                !otherwise && !ids.contains(key.pattern()) && learned.state().share(key.pattern()) != null);
        table.store(connection, owner, changed);
        table.delete(connection, owner, gone);
        Set<SharedKey> touched = new TreeSet<>(gone);
        changed.forEach(each -> touched.add(each.key()));
        table.note(connection, touched);
    }
}
