package dev.devmentor.pbml.pattern;

import dev.devmentor.pbml.engine.owner.OwnerState;
import dev.devmentor.pbml.engine.owner.PatternView;
import dev.devmentor.pbml.model.Models;
import dev.devmentor.pbml.owner.Owner;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
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

    ComparePatterns(Models models, PatternTable table, AgroalDataSource dataSource) {
        this.models = models;
        this.table = table;
        this.dataSource = dataSource;
    }

    /**
     * What was found of an owner.
     *
     * @param patterns that the model has
     * @param differences rows that are missing, too many, or say something else than the model
     */
    public record Compared(int patterns, int differences) {}

    /** Compares all patterns of an owner. What is folded meanwhile is no difference: then it is tried again. */
    public Compared compare(Owner owner) throws SQLException {
        Compared compared = compareOnce(owner);
        for (int i = 1; i < ATTEMPTS && compared.differences() > 0; i++) {
            compared = compareOnce(owner);
        }
        return compared;
    }

    private Compared compareOnce(Owner owner) throws SQLException {
        List<PatternView> views = models.ask(owner.name(), OwnerState::patterns);
        Map<String, StoredPattern> rows = new HashMap<>();
        int unreadable;
        try (Connection connection = dataSource.getConnection()) {
            unreadable = table.readable(connection, owner.id(), row -> rows.put(row.id(), row));
        }
        int differences = 0;
        for (PatternView view : views) {
            if (!StoredPattern.of(view).equals(rows.remove(view.id()))) {
                differences++;
            }
        }
        // What can't be read was counted as missing already, if the model has it.
        return new Compared(views.size(), Math.max(differences, unreadable) + rows.size());
    }
}
