package dev.devmentor.pbml.pattern;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.pbml.engine.owner.PatternView;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A pattern in an answer.
 *
 * @param scopeId the team; null for a person's own and for everyone's
 * @param confidence lower bound of the probability that it holds: 5 % of the posterior lie below
 * @param mean mean of the posterior
 * @param support observations that it rests on
 * @param people how many showed it; null for a person's own
 * @param since since when it has been in this state
 * @param hours local hours of the day at which a person does well
 * @param sessionMinutes how long a sitting stays good; null where it is not about that
 * @param fixes what was changed when it went, the likeliest first; at most three
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(examples = PatternSummary.EXAMPLE)
public record PatternSummary(
        String id,
        String kind,
        String scope,
        @Nullable String scopeId,
        String title,
        String state,
        double confidence,
        double mean,
        int support,
        @Nullable Integer people,
        Instant firstSeen,
        Instant lastSeen,
        Instant since,
        @Nullable String repository,
        List<String> skills,
        List<String> items,
        List<Integer> hours,
        @Nullable Integer sessionMinutes,
        List<FixView> fixes) {

    static final String EXAMPLE = """
            {"id": "error-5f1d0c9b7a3e2468ace013579bdf0246", "kind": "error", "scope": "person",
             "title": "java.sql.SQLException: connection to <*> refused", "state": "active", "confidence": 0.71,
             "mean": 0.86, "support": 7, "firstSeen": "2026-03-01T10:00:00Z", "lastSeen": "2026-03-09T16:20:00Z",
             "since": "2026-03-02T09:12:00Z", "repository": "acme/shop", "skills": [], "items": [], "hours": [],
             "fixes": [{"at": "2026-03-05T11:40:00Z", "changedFiles": ["src/main/resources/application.properties"],
              "commit": "1f2e3d4", "times": 2, "probability": 0.83}]}""";

    private static final int FIXES = 3;

    /** A person's own pattern, as their model has it. */
    public static PatternSummary of(PatternView view) {
        return of(view, FIXES);
    }

    static PatternSummary of(PatternView view, int fixes) {
        return new PatternSummary(
                view.id(),
                view.kind().wireName(),
                PatternScope.PERSON.wireName(),
                null,
                view.title(),
                view.state().name().toLowerCase(Locale.ROOT),
                view.lower(),
                view.mean(),
                view.support(),
                null,
                Micros.toInstant(view.firstMicros()),
                Micros.toInstant(view.lastMicros()),
                Micros.toInstant(view.sinceMicros()),
                view.repository(),
                view.skills(),
                view.items(),
                view.hours(),
                view.sessionMinutes() == 0 ? null : view.sessionMinutes(),
                FixView.of(view.fixes(), fixes));
    }

    /** A pattern as it is stored. */
    static PatternSummary of(ScopedPattern scoped) {
        return of(scoped, FIXES);
    }

    static PatternSummary of(ScopedPattern scoped, int fixes) {
        StoredPattern stored = scoped.pattern();
        PatternDetail detail = stored.detail();
        return new PatternSummary(
                stored.id(),
                stored.kind().wireName(),
                scoped.scope().wireName(),
                scoped.scope() == PatternScope.TEAM ? scoped.scopeId() : null,
                stored.title(),
                stored.state().name().toLowerCase(Locale.ROOT),
                stored.lower(),
                stored.mean(),
                stored.support(),
                scoped.scope() == PatternScope.PERSON ? null : scoped.people(),
                Micros.toInstant(stored.firstMicros()),
                Micros.toInstant(stored.lastMicros()),
                Micros.toInstant(stored.sinceMicros()),
                detail.repository(),
                detail.skills(),
                detail.items(),
                detail.hours(),
                detail.sessionMinutes() == 0 ? null : detail.sessionMinutes(),
                FixView.of(detail.fixes(), fixes));
    }
}
