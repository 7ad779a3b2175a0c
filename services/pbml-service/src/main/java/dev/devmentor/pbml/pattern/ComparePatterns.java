package dev.devmentor.pbml.pattern;

import dev.devmentor.kit.time.Micros;
import dev.devmentor.pbml.engine.owner.OwnerState;
import dev.devmentor.pbml.engine.owner.PatternView;
import dev.devmentor.pbml.model.Models;
import dev.devmentor.pbml.owner.Owner;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares the rows of patterns with what the models say, to the last bit. */
@ApplicationScoped
public class ComparePatterns {
    private static final int ATTEMPTS = 3;

    private final Models models;
    private final PatternTable table;
    private final AgroalDataSource dataSource;
    private final Clock clock;

    ComparePatterns(Models models, PatternTable table, AgroalDataSource dataSource, Clock clock) {
        this.models = models;
        this.table = table;
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /**
     * What was found of an owner.
     *
     * @param patterns that the model has
     * @param differences rows that are missing, too many, or say something else than the model
     */
    public record Compared(int patterns, int differences) {}

    /**
     * Compares all patterns of an owner. Rows are read before the model is asked for, because a model that is not in memory is
     * folded again for whoever asks, which writes them. Those that are behind the log are brought up to it first.
     */
    public Compared compare(Owner owner) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            Rows rows = read(owner.id());
            if (!rows.current()) {
                models.ask(owner.name(), OwnerState::observations);
                rows = read(owner.id());
            }
            long place = rows.observations();
            record Model(List<PatternView> views, long observations) {}
            Model model =
                    models.ask(owner.name(), (OwnerState state) -> new Model(state.patterns(), state.observations()));
            // What comes in meanwhile is no difference.
            if (model.observations() == place || attempt == ATTEMPTS) {
                return new Compared(
                        model.views().size(), model.observations() == place ? differences(rows, model.views()) : 0);
            }
        }
    }

    /**
     * What is stored.
     *
     * @param current whether it is folded as far as it can be
     * @param observations rows of the log that it is folded from
     */
    private record Rows(boolean current, long observations, Map<String, StoredPattern> patterns, int unreadable) {}

    private Rows read(long ownerId) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            long observations = table.folded(connection, ownerId, Micros.of(clock.instant()));
            Map<String, StoredPattern> patterns = new HashMap<>();
            int unreadable = table.readable(connection, ownerId, row -> patterns.put(row.id(), row));
            return new Rows(observations >= 0, observations, patterns, unreadable);
        }
    }

    private static int differences(Rows rows, List<PatternView> views) {
        Map<String, StoredPattern> left = new HashMap<>(rows.patterns());
        int differences = 0;
        for (PatternView view : views) {
            if (!StoredPattern.of(view).equals(left.remove(view.id()))) {
                differences++;
            }
        }
        // What can't be read was counted as missing already, if the model has it.
        return Math.max(differences, rows.unreadable()) + left.size();
    }
}
