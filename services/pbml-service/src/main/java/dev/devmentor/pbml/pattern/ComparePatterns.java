package dev.devmentor.pbml.pattern;

import dev.devmentor.kit.time.Micros;
import dev.devmentor.pbml.engine.confidence.LifeCycle;
import dev.devmentor.pbml.engine.confidence.LifeState;
import dev.devmentor.pbml.engine.owner.OwnerState;
import dev.devmentor.pbml.engine.owner.PatternKind;
import dev.devmentor.pbml.engine.owner.PatternView;
import dev.devmentor.pbml.model.Models;
import dev.devmentor.pbml.owner.Owner;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares the rows of patterns with what the models say. A row is as of the pattern's last change, and what fades has faded
 * since: what does not depend on time is compared to the letter; of confidence and state is asked whether they could have been so
 * between then and now.
 */
@ApplicationScoped
public class ComparePatterns {
    private static final Set<PatternKind> OF_LEARNING =
            Set.of(PatternKind.MISTAKE, PatternKind.CONFUSION, PatternKind.RHYTHM);
    private static final int ATTEMPTS = 3;
    /** Times between then and now that are tried. */
    private static final int SAMPLES = 8;
    /** What the lower bound may differ between two of them. */
    private static final double BETWEEN_SAMPLES = 0.02;

    private static final double ROUNDING = 1e-9;

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
     * @param differences rows that are missing, too many, or say something else than the model
     */
    public record Compared(int patterns, int differences) {}

    /** Compares all patterns of an owner. What another instance folds meanwhile is no difference: then it is tried again. */
    public Compared compare(Owner owner) throws SQLException {
        Compared compared = compareOnce(owner);
        for (int i = 1; i < ATTEMPTS && compared.differences() > 0; i++) {
            compared = compareOnce(owner);
        }
        return compared;
    }

    private Compared compareOnce(Owner owner) throws SQLException {
        record Model(List<PatternView> views, long nowMicros) {}
        Model model = models.ask(
                owner.name(),
                (OwnerState state) -> new Model(state.patterns(), state.folded().atMicros()));
        Map<String, StoredPattern> rows = new HashMap<>();
        try (Connection connection = dataSource.getConnection()) {
            table.all(connection, owner.id()).forEach(row -> rows.put(row.id(), row));
        }
        int differences = 0;
        for (PatternView view : model.views()) {
            if (!fits(rows.remove(view.id()), view, model.nowMicros())) {
                differences++;
            }
        }
        return new Compared(model.views().size(), differences + rows.size());
    }

    private static boolean fits(@Nullable StoredPattern row, PatternView view, long nowMicros) {
        return row != null
                && row.kind() == view.kind()
                && row.title().equals(view.title())
                && row.support() == view.support()
                && row.firstMicros() == view.firstMicros()
                && row.lastMicros() == view.lastMicros()
                && fits(row.detail(), PatternDetail.of(view))
                && (OF_LEARNING.contains(view.kind()) ? fitsLearned(row, view) : fitsFading(row, view, nowMicros));
    }

    /** Probabilities of fixes fade, and their order with them. */
    private static boolean fits(PatternDetail row, PatternDetail model) {
        return withoutFixes(row).equals(withoutFixes(model))
                && fixes(row).equals(fixes(model))
                && row.fixes().stream().allMatch(fix -> fix.lower() >= 0 && fix.lower() <= 1 && fix.probability() <= 1);
    }

    private static PatternDetail withoutFixes(PatternDetail detail) {
        return new PatternDetail(
                detail.generated(),
                detail.repository(),
                detail.refs(),
                detail.references(),
                detail.parts(),
                List.of(),
                detail.skills(),
                detail.items(),
                detail.hours(),
                detail.sessionMinutes(),
                detail.lineage());
    }

    private static Map<String, PatternView.KnownFix> fixes(PatternDetail detail) {
        Map<String, PatternView.KnownFix> fixes = new HashMap<>();
        detail.fixes()
                .forEach(fix -> fixes.put(
                        fix.path(),
                        new PatternView.KnownFix(
                                fix.path(), fix.times(), 0, 0, fix.lastMicros(), fix.commit(), fix.refs())));
        return fixes;
    }

    private static boolean fitsLearned(StoredPattern row, PatternView view) {
        // The quiet pass by themselves, without an observation that would write the row.
        boolean state = row.state() == view.state() || row.state().compareTo(view.state()) < 0;
        return state && row.lower() == view.lower() && row.mean() == view.mean();
    }

    private static boolean fitsFading(StoredPattern row, PatternView view, long nowMicros) {
        LifeCycle rules = OwnerState.RULES;
        Instant now = Micros.toInstant(nowMicros);
        Instant last = view.evidence().lastAt();
        long from = last.equals(Instant.MIN) ? view.lastMicros() : Math.min(nowMicros, Micros.of(last));
        double leastMean = 1;
        double mostMean = 0;
        double leastLower = 1;
        double mostLower = 0;
        boolean state = row.state() == view.state()
                || rules.review(row.state(), Micros.toInstant(row.sinceMicros()), view.evidence(), now) == view.state();
        for (int i = 0; i <= SAMPLES; i++) {
            Instant at = Micros.toInstant(from + (nowMicros - from) / SAMPLES * i);
            var posterior = view.evidence().posterior(rules.prior(), i == SAMPLES ? now : at);
            double lower = posterior.quantile(rules.bound());
            leastMean = Math.min(leastMean, posterior.mean());
            mostMean = Math.max(mostMean, posterior.mean());
            leastLower = Math.min(leastLower, lower);
            mostLower = Math.max(mostLower, lower);
            LifeState then = rules.review(view.state(), Micros.toInstant(view.sinceMicros()), view.evidence(), at);
            state |= row.state() == then;
        }
        double tolerance = from == nowMicros ? ROUNDING : BETWEEN_SAMPLES;
        return state
                && row.mean() >= leastMean - ROUNDING
                && row.mean() <= mostMean + ROUNDING
                && row.lower() >= leastLower - tolerance
                && row.lower() <= mostLower + tolerance;
    }
}
