package dev.devmentor.pbml.engine.owner;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import dev.devmentor.pbml.engine.confidence.LifeCycle;
import dev.devmentor.pbml.engine.template.Template;
import java.nio.BufferUnderflowException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that is learned from one owner's observations. They are applied in the order of their keys; the same observations give
 * the same state, byte for byte, however often it was stored and restored in between. Asking changes nothing.
 *
 * <p>Bounded by {@link OwnerLimits}. One thread at a time.
 */
public final class OwnerState {
    /** The rules by which patterns come and go. */
    public static final LifeCycle RULES = Patterns.RULES;

    /** A pause of this length ends a session, microseconds. */
    public static final long SESSION_PAUSE_MICROS = 30L * 60 * 1_000_000;

    /** The form of {@link #snapshot}; what has another one is folded again. */
    public static final int VERSION = 3;

    private final OwnerLimits limits;
    private final Patterns patterns;
    private final Errors errors;
    private final Actions actions;
    private final ErrorForecast forecast;
    private final Repositories repositories;
    private final Learning learning;
    private final Performance performance = new Performance();

    private EventKey folded = EventKey.NONE;
    private long observations;
    /** When the running session began; names it. */
    private long session = Long.MIN_VALUE;

    private long lastActionMicros;

    private boolean withTeams = true;
    private boolean withEveryone;

    /** A state of somebody of whom nothing is known, with {@link OwnerLimits#DEFAULT}. */
    public OwnerState() {
        this(OwnerLimits.DEFAULT);
    }

    public OwnerState(OwnerLimits limits) {
        this.limits = limits;
        patterns = new Patterns(limits);
        errors = new Errors(limits);
        actions = new Actions(limits);
        forecast = new ErrorForecast(limits);
        repositories = new Repositories(limits);
        learning = new Learning(limits);
    }

    /**
     * Takes in the next observation.
     *
     * @throws IllegalArgumentException if it does not come after everything before it; nothing is learned from it
     */
    public void apply(Observation observation) {
        Observation.Stamp stamp = observation.stamp();
        EventKey key = stamp.key();
        if (key.compareTo(folded) <= 0) {
            throw new IllegalArgumentException("an observation that does not come after what was folded");
        }
        String action = ActionNames.of(observation);
        if (action != null) {
            beginSession(key.atMicros());
            actions.observe(session, action, stamp, patterns, performance);
        }
        switch (observation) {
            case Observation.TaskBegun _, Observation.TaskDone _, Observation.Noted _, Observation.Kept _ -> {
                // Actions, and no more.
            }
            case Observation.Answered answered -> learning.observe(answered);
            case Observation.CodeChange change -> {
                forecast.changed(session, change);
                errors.changed(change);
                if (change.commit()) {
                    repositories.committed(change, patterns, performance);
                }
            }
            case Observation.ErrorMet error -> {
                String pattern = errors.met(error, patterns, performance);
                forecast.met(session, pattern, error.gone(), key, performance);
            }
            case Observation.Renamed renamed -> {
                Pattern pattern = patterns.find(renamed.pattern());
                if (Learning.isOne(renamed.pattern())) {
                    learning.rename(renamed.pattern(), renamed.title(), key.atMicros());
                } else if (pattern != null) {
                    pattern.title = renamed.title();
                    patterns.touched(pattern, key.atMicros());
                }
            }
            case Observation.Merged merged -> {
                Pattern pattern = patterns.find(merged.pattern());
                if (pattern != null) {
                    patterns.merge(pattern, merged.others(), key.atMicros());
                }
            }
            case Observation.Divided divided -> {
                Pattern pattern = patterns.find(divided.pattern());
                if (pattern != null) {
                    patterns.divide(pattern, divided.members(), key.atMicros());
                }
            }
            case Observation.Retired retired -> {
                Pattern pattern = patterns.find(retired.pattern());
                if (Learning.isOne(retired.pattern())) {
                    learning.retire(retired.pattern(), retired.retired(), key.atMicros());
                } else if (pattern != null) {
                    pattern.retire(retired.retired(), key.atMicros());
                    patterns.touched(pattern, key.atMicros());
                }
            }
            case Observation.Judged judged -> {
                if (Learning.isOne(judged.pattern())) {
                    learning.judge(judged);
                } else {
                    patterns.judge(judged);
                }
            }
            case Observation.Shared shared -> {
                withTeams = shared.withTeams();
                withEveryone = shared.withEveryone();
            }
        }
        folded = key;
        observations++;
    }

    private void beginSession(long micros) {
        if (session != Long.MIN_VALUE && micros - lastActionMicros >= SESSION_PAUSE_MICROS) {
            actions.endSession(session);
            forecast.endSession(session);
            patterns.review(lastActionMicros);
            session = Long.MIN_VALUE;
        }
        if (session == Long.MIN_VALUE) {
            session = micros;
        }
        lastActionMicros = micros;
    }

    /**
     * Looks for patterns of learning in the answers so far, which takes some tenths of a second. What it finds is no part of the
     * state: a restored one has none of these patterns until somebody looks.
     */
    public void lookAtLearning() {
        learning.look();
    }

    /** Whether it is time to look: nobody did yet, or a sitting has ended since, or has by now. */
    public boolean isLearningToBeLookedAt(long nowMicros) {
        return learning.isToBeLookedAt(nowMicros);
    }

    /**
     * When the last sitting ends if nothing is answered any more, microseconds since 1970-01-01T00:00Z; {@link Long#MIN_VALUE}
     * without answers.
     */
    public long sittingEndsMicros() {
        return learning.sittingEnds();
    }

    /** Whether {@link #lookAtLearning} would find what it found before. */
    public boolean wasLearningLookedAt() {
        return learning.wasLookedAt();
    }

    /** The last observation; {@link EventKey#NONE} if there was none. */
    public EventKey folded() {
        return folded;
    }

    /** How many were applied. */
    public long observations() {
        return observations;
    }

    /** Whether what was done for a team may be summed up with what its other members did. */
    public boolean sharesWithTeams() {
        return withTeams;
    }

    /** Whether what is learned may be summed up over everyone. */
    public boolean sharesWithEveryone() {
        return withEveryone;
    }

    /** Patterns that changed since the last call, each as it looks after its last observation. */
    public List<PatternView> takeChanged() {
        List<PatternView> changed = new ArrayList<>(patterns.takeChanged());
        changed.addAll(learning.takeChanged());
        return changed;
    }

    /** Ids of patterns that went since the last call: merged into others, or forgotten. */
    public Set<String> takeRemoved() {
        Set<String> gone = new LinkedHashSet<>(patterns.takeRemoved());
        gone.addAll(learning.takeRemoved());
        return gone;
    }

    /** Changes of rates that were noticed since the last call. */
    public List<Performance.Drifted> takeDrifts() {
        return performance.takeDrifts();
    }

    /** All patterns, each as it looks after its last observation. */
    public List<PatternView> patterns() {
        List<PatternView> views = new ArrayList<>();
        for (Pattern pattern : patterns.all()) {
            views.add(pattern.view(RULES));
        }
        for (Pattern pattern : learning.all()) {
            views.add(pattern.view(RULES));
        }
        return views;
    }

    /** A pattern, or the one that it was merged into; null if there is none. */
    public @Nullable PatternView pattern(String id) {
        Pattern pattern = find(id);
        return pattern == null ? null : pattern.view(RULES);
    }

    /** What of a pattern can be summed up with what others know of it; null if there is none of that id. */
    public @Nullable PatternShare share(String id) {
        Pattern pattern = find(id);
        return pattern == null ? null : pattern.share();
    }

    private @Nullable Pattern find(String id) {
        return Learning.isOne(id) ? learning.find(id) : patterns.find(id);
    }

    /** What the owner said of patterns that only others have, the one that was judged longest ago first. */
    public List<PatternShare.Judgement> judgementsOfOthers() {
        List<PatternShare.Judgement> all = new ArrayList<>(patterns.judgements());
        all.addAll(learning.judgementsOfOthers());
        return all;
    }

    /** How well each model foresaw what came. */
    public Performance performance() {
        return performance;
    }

    /**
     * What the owner does next.
     *
     * @param micros now; if the last session is over by then, it is what begins a session
     */
    public List<Likely> nextActions(long micros, int limit) {
        return actions.predict(running(micros), limit, performance);
    }

    /** What comes after some actions, the latest last. */
    public List<Likely> nextActionsAfter(List<String> last, int limit) {
        return actions.predictAfter(last, limit, performance);
    }

    private @Nullable Long running(long micros) {
        return session != Long.MIN_VALUE && micros - lastActionMicros < SESSION_PAUSE_MICROS ? session : null;
    }

    /**
     * Files that go with others.
     *
     * @param paths what is being changed; at least one
     */
    public List<Likely> relatedFiles(String repository, List<String> paths, long micros, int limit) {
        return repositories.related(repository, paths, micros, limit);
    }

    /**
     * Errors that may come soon; subjects are ids of patterns.
     *
     * @param files that are being changed; if empty, what the running session says
     */
    public List<Likely> likelyErrors(String repository, List<String> files, long micros, int limit) {
        List<Likely> errors = new ArrayList<>();
        for (Likely likely : forecast.predict(running(micros), repository, files, limit, performance)) {
            Pattern pattern = patterns.find(likely.subject());
            if (pattern != null) {
                PatternView view = pattern.view(RULES);
                errors.add(
                        new Likely(view.id(), likely.probability(), likely.reason(), view.refs(), likely.sessions()));
            }
        }
        return errors;
    }

    /** What ends an error: files; none if it never went. */
    public List<Likely> likelyFixes(String pattern, int limit) {
        PatternView view = pattern(pattern);
        if (view == null) {
            return List.of();
        }
        List<Likely> fixes = new ArrayList<>();
        double lowest = 1;
        for (PatternView.KnownFix fix :
                view.fixes().subList(0, Math.min(limit, view.fixes().size()))) {
            lowest = Math.min(lowest, performance.calibrated(Errors.MODEL, fix.probability()));
            fixes.add(new Likely(
                    fix.path(),
                    lowest,
                    "it was changed when the error went, " + fix.times() + (fix.times() == 1 ? " time" : " times"),
                    fix.refs(),
                    List.of()));
        }
        return fixes;
    }

    /**
     * A pattern that a text is known by.
     *
     * @param how {@code exact}: the same fingerprint or the same lines; {@code loose}: the same innermost frames;
     *     {@code root}: the same root cause; {@code template}: the same template
     */
    public record KnownText(String how, PatternView pattern) {}

    /** The pattern that a text is known by; null if there is none. */
    public @Nullable KnownText match(ErrorText text) {
        Errors.Known known = errors.known(text, patterns);
        return known == null ? null : new KnownText(known.how(), known.pattern().view(RULES));
    }

    /** Templates of lines, by id. */
    public List<Template> templates() {
        return errors.allTemplates();
    }

    /** Repositories whose histories are kept, the one that was committed to longest ago first. */
    public List<String> repositories() {
        return repositories.names();
    }

    /**
     * How much is known, for people who want to see it.
     *
     * @param transitions counted pairs of actions and what came before them
     */
    public record Size(
            int patterns,
            int templates,
            int transitions,
            int sessions,
            int repositories,
            int files,
            int answers,
            int items) {}

    /** How much is known. */
    public Size size() {
        return new Size(
                patterns.size() + learning.all().size(),
                errors.templates(),
                actions.transitions(),
                actions.sessions(),
                repositories.names().size(),
                repositories.files(),
                learning.answers(),
                learning.items());
    }

    /** Roughly the bytes of memory that it takes. */
    public long weight() {
        return 50_000
                + 2_500L * patterns.size()
                + errors.weight()
                + repositories.weight()
                + 250L * actions.transitions()
                + 250L * learning.answers();
    }

    /** Gives back what is only needed while observations are taken in. */
    public void rest() {
        errors.rest();
    }

    /** The whole state. */
    public byte[] snapshot() {
        ByteWriter out = new ByteWriter();
        out.int1(VERSION);
        out.varint(observations);
        out.varint(observations == 0 ? 0 : folded.atMicros());
        out.text(folded.source());
        out.text(folded.id());
        out.bool(session != Long.MIN_VALUE);
        out.varint(session == Long.MIN_VALUE ? 0 : session);
        out.varint(lastActionMicros);
        out.bool(withTeams);
        out.bool(withEveryone);
        patterns.write(out);
        errors.write(out);
        actions.write(out);
        forecast.write(out);
        repositories.write(out);
        learning.write(out);
        performance.write(out);
        return out.toBytes();
    }

    /**
     * The state that a snapshot was taken of.
     *
     * @param limits those of the one that wrote it
     * @throws IllegalArgumentException if the bytes are no such snapshot
     */
    public static OwnerState restore(byte[] snapshot, OwnerLimits limits) {
        try {
            ByteReader in = new ByteReader(snapshot);
            if (in.int1() != VERSION) {
                throw new IllegalArgumentException("no snapshot of this version");
            }
            OwnerState state = new OwnerState(limits);
            state.observations = in.varint();
            EventKey key = new EventKey(in.varint(), in.text(), in.text());
            state.folded = state.observations == 0 ? EventKey.NONE : key;
            boolean runs = in.bool();
            long session = in.varint();
            state.session = runs ? session : Long.MIN_VALUE;
            state.lastActionMicros = in.varint();
            state.withTeams = in.bool();
            state.withEveryone = in.bool();
            state.patterns.read(in);
            state.errors.read(in);
            state.actions.read(in);
            state.forecast.read(in);
            state.repositories.read(in);
            state.learning.read(in);
            state.performance.read(in);
            return state;
        } catch (BufferUnderflowException | IndexOutOfBoundsException | ArithmeticException damaged) {
            throw new IllegalArgumentException("a damaged snapshot", damaged);
        }
    }

    OwnerLimits limits() {
        return limits;
    }
}
