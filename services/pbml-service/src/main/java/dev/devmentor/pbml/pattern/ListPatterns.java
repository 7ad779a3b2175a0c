package dev.devmentor.pbml.pattern;

import dev.devmentor.pbml.model.Models;
import dev.devmentor.pbml.owner.Owner;
import dev.devmentor.pbml.owner.OwnerName;
import dev.devmentor.pbml.owner.Owners;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Pages of patterns over all scopes of a person: one order, each pattern once per scope. */
@ApplicationScoped
class ListPatterns {
    private final Models models;
    private final Owners owners;
    private final ScopedTable table;
    private final AgroalDataSource dataSource;

    ListPatterns(Models models, Owners owners, ScopedTable table, AgroalDataSource dataSource) {
        this.models = models;
        this.owners = owners;
        this.table = table;
        this.dataSource = dataSource;
    }

    /**
     * A page of a list.
     *
     * @param next for the following page; null at the end. A page may have fewer patterns than asked for, even none, and still
     *     have a next one: of what is shared it looks at some thousand at a time
     */
    @Schema(
            examples = "{\"patterns\": [" + PatternSummary.EXAMPLE
                    + "], \"next\": \"MDo0NjA0NDE4NTM0MzEzNDQxNzc1OmVycm9yLTVmMWQwYzliOjA6\"}")
    public record Page(
            List<PatternSummary> patterns, @Nullable String next) {}

    /**
     * A page of what a person may see.
     *
     * @param scopes to look into
     * @param teams of the person, as far as they are asked for
     */
    Page page(
            String person,
            List<PatternScope> scopes,
            List<String> teams,
            PatternFilter filter,
            PatternSort sort,
            @Nullable PatternCursor after,
            int limit)
            throws SQLException {
        boolean own = scopes.contains(PatternScope.PERSON);
        if (own) {
            // What was observed so far is folded, and thus stored, before it is listed.
            models.ask(OwnerName.person(person), state -> state.observations());
        }
        try (Connection connection = dataSource.getConnection()) {
            List<PatternSource> sources = new ArrayList<>();
            Owner owner = own ? owners.find(connection, OwnerName.person(person)) : null;
            if (owner != null) {
                sources.add(PatternSource.own(owner.id()));
            }
            sources.addAll(shared(scopes, teams));
            return page(connection, sources, filter, sort, after, limit);
        }
    }

    /** Sources of what is shared, teams first. */
    static List<PatternSource> shared(List<PatternScope> scopes, List<String> teams) {
        List<PatternSource> sources = new ArrayList<>();
        if (scopes.contains(PatternScope.TEAM)) {
            teams.forEach(team -> sources.add(PatternSource.team(team)));
        }
        if (scopes.contains(PatternScope.EVERYONE)) {
            sources.add(PatternSource.everyone());
        }
        return sources;
    }

    private Page page(
            Connection connection,
            List<PatternSource> sources,
            PatternFilter filter,
            PatternSort sort,
            @Nullable PatternCursor after,
            int limit)
            throws SQLException {
        List<ScopedPattern> merged = new ArrayList<>();
        PatternCursor frontier = null;
        for (PatternSource source : sources) {
            ScopedTable.Found found = table.page(connection, source, filter, sort, after, limit + 1);
            merged.addAll(found.patterns());
            PatternCursor end = found.frontier();
            if (end != null && (frontier == null || end.compareTo(frontier) < 0)) {
                frontier = end;
            }
        }
        merged.sort(Comparator.comparing(pattern -> PatternCursor.of(sort, pattern)));
        PatternCursor last = frontier;
        if (last != null) {
            // Behind it, a source may have some that belong between those of the others.
            merged.removeIf(pattern -> PatternCursor.of(sort, pattern).compareTo(last) > 0);
        }
        PatternCursor next = frontier;
        if (merged.size() > limit) {
            merged = merged.subList(0, limit);
            next = PatternCursor.of(sort, merged.getLast());
        }
        return new Page(merged.stream().map(PatternSummary::of).toList(), next == null ? null : next.encode());
    }
}
