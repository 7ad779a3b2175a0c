package dev.devmentor.pbml.pattern;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.devmentor.pbml.engine.embedding.QuantisedEmbedding;
import dev.devmentor.pbml.engine.owner.ErrorText;
import dev.devmentor.pbml.engine.owner.OwnerState;
import dev.devmentor.pbml.engine.owner.PatternView;
import dev.devmentor.pbml.engine.template.MessageMask;
import dev.devmentor.pbml.model.Models;
import dev.devmentor.pbml.owner.Owner;
import dev.devmentor.pbml.owner.OwnerName;
import dev.devmentor.pbml.owner.Owners;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Which patterns a text is known by. First by what it is: the person's own, then those of their teams and of everyone. Only if
 * nobody knows it, by how alike titles are. Nothing is learned by asking.
 */
@ApplicationScoped
class MatchText {
    /**
     * Cosine from which titles are called similar. Of 150 errors in groups that mean the same, which the embedding was not
     * made with (the held-out half of its benchmark), the nearest at this threshold is of the same group for 84, of another for
     * 5, and there is none for 61; at 0.5 it is 86, 6 and 58, at 0.6 it is 70, 3 and 77.
     */
    static final double SIMILAR = 0.55;

    private static final int MOST_SIMILAR = 5;
    private static final int FIXES = 5;
    /** The surest; an embedding that is not kept yet takes a tenth of a millisecond. */
    private static final int COMPARED = 1_000;

    private final Models models;
    private final Owners owners;
    private final ScopedTable table;
    private final PatternTable own;
    private final TitleEmbeddings embeddings;
    private final AgroalDataSource dataSource;

    MatchText(
            Models models,
            Owners owners,
            ScopedTable table,
            PatternTable own,
            TitleEmbeddings embeddings,
            AgroalDataSource dataSource) {
        this.models = models;
        this.owners = owners;
        this.table = table;
        this.own = own;
        this.embeddings = embeddings;
        this.dataSource = dataSource;
    }

    /** What a match says of its pattern. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Matched(
            String id,
            String kind,
            String title,
            String state,
            double confidence,
            int support,
            Instant firstSeen,
            Instant lastSeen,
            String scope,
            @Nullable String scopeId,
            @Nullable String repository) {
        static Matched of(PatternSummary summary) {
            return new Matched(
                    summary.id(),
                    summary.kind(),
                    summary.title(),
                    summary.state(),
                    summary.confidence(),
                    summary.support(),
                    summary.firstSeen(),
                    summary.lastSeen(),
                    summary.scope(),
                    summary.scopeId(),
                    summary.repository());
        }
    }

    /**
     * A pattern that a text is known by.
     *
     * @param how {@code exact}, {@code loose}, {@code root}, {@code template} or {@code similar}
     * @param similarity 1 but where {@code how} is {@code similar}: there the cosine, 0 to 1
     */
    public record Match(String how, double similarity, Matched pattern, List<FixView> fixes) {}

    /** Patterns that a text is known by, the nearest first; none if it is new. */
    @Schema(examples = """
            {"matches": [{"how": "exact", "similarity": 1.0,
              "pattern": {"id": "error-5f1d0c9b7a3e2468ace013579bdf0246", "kind": "error",
               "title": "java.sql.SQLException: connection to <*> refused", "state": "active", "confidence": 0.71,
               "support": 7, "firstSeen": "2026-03-01T10:00:00Z", "lastSeen": "2026-03-09T16:20:00Z", "scope": "person",
               "repository": "acme/shop"},
              "fixes": [{"at": "2026-03-05T11:40:00Z", "changedFiles": ["src/main/resources/application.properties"],
               "commit": "1f2e3d4", "times": 2, "probability": 0.83}]}]}""")
    public record Matches(List<Match> matches) {}

    /**
     * Patterns that a text is known by.
     *
     * @param text at most 65 536 characters
     * @param repository of equally similar patterns those that are about it come first
     */
    Matches match(String person, List<String> teams, String text, @Nullable String repository) throws SQLException {
        ErrorText read = ErrorText.read(text, new MessageMask());
        OwnerName name = OwnerName.person(person);
        List<Match> matches = new ArrayList<>();
        OwnerState.KnownText known = models.ask(name, (OwnerState state) -> state.match(read));
        if (known != null) {
            matches.add(of(known.how(), 1, known.pattern()));
        }
        try (Connection connection = dataSource.getConnection()) {
            List<PatternSource> sources = ListPatterns.shared(List.of(PatternScope.TEAM, PatternScope.EVERYONE), teams);
            for (ScopedPattern shared : table.ofMember(connection, sources, read.key())) {
                matches.add(of("exact", 1, shared));
            }
            Owner owner = matches.isEmpty() ? owners.find(connection, name) : null;
            if (owner != null) {
                matches.addAll(similar(connection, owner.id(), read.title(), repository));
            }
        }
        return new Matches(matches);
    }

    private record Near(String id, double cosine) {}

    private List<Match> similar(Connection connection, long ownerId, String title, @Nullable String repository)
            throws SQLException {
        QuantisedEmbedding wanted = embeddings.of(title);
        List<Near> near = new ArrayList<>();
        for (ScopedTable.Titled pattern : table.titles(connection, ownerId, COMPARED)) {
            double cosine = wanted.cosine(embeddings.of(pattern.title()));
            if (cosine >= SIMILAR) {
                near.add(new Near(pattern.id(), Math.min(1, cosine)));
            }
        }
        near.sort(Comparator.comparingDouble(Near::cosine).reversed().thenComparing(Near::id));
        List<Match> similar = new ArrayList<>();
        for (Near one : near.subList(0, Math.min(MOST_SIMILAR, near.size()))) {
            StoredPattern stored = own.find(connection, ownerId, one.id());
            if (stored != null) {
                similar.add(of("similar", one.cosine(), ScopedPattern.own(stored)));
            }
        }
        if (repository != null) {
            similar.sort(Comparator.comparingDouble(Match::similarity)
                    .reversed()
                    .thenComparing(match -> !repository.equals(match.pattern().repository())));
        }
        return similar;
    }

    private static Match of(String how, double similarity, PatternView view) {
        return new Match(how, similarity, Matched.of(PatternSummary.of(view)), FixView.of(view.fixes(), FIXES));
    }

    private static Match of(String how, double similarity, ScopedPattern scoped) {
        return new Match(
                how,
                similarity,
                Matched.of(PatternSummary.of(scoped)),
                FixView.of(scoped.pattern().detail().fixes(), FIXES));
    }
}
