package dev.devmentor.pbml.engine.owner;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import dev.devmentor.pbml.engine.template.Limits;
import dev.devmentor.pbml.engine.template.Match;
import dev.devmentor.pbml.engine.template.MessageMask;
import dev.devmentor.pbml.engine.template.Template;
import dev.devmentor.pbml.engine.template.TemplateMiner;
import dev.devmentor.pbml.engine.trace.Fingerprint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The errors of one owner and what ended them, and the templates of the lines around them.
 *
 * <p>An error is known again by its fingerprint or its first lines; errors whose loose fingerprints agree, or whose first lines
 * are of one template, are one pattern, unless a person parted them.
 */
final class Errors {
    static final String MODEL = "likely-fix";

    private static final int FINGERPRINTS = 20_000;
    private static final int CHANGES = 64;
    private static final int FILES_OF_FIX = 16;

    private final Limits limits;
    private @Nullable TemplateMiner miner;
    private @Nullable MessageMask mask;

    /** Patterns by loose fingerprint, by template of a first line, and by template of a line beside an error. */
    private final LinkedHashMap<String, String> idOfLook = new LinkedHashMap<>();

    /** What was changed lately. */
    private final Deque<Change> changes = new ArrayDeque<>();

    private record Change(@Nullable String repository, String path, long micros) {}

    Errors(OwnerLimits limits) {
        this.limits = limits.templates();
    }

    void changed(Observation.CodeChange change) {
        for (Observation.ChangedFile file : change.files()) {
            changes.addLast(new Change(
                    change.repository(), file.path(), change.stamp().key().atMicros()));
            if (changes.size() > CHANGES) {
                changes.removeFirst();
            }
        }
    }

    private TemplateMiner miner() {
        TemplateMiner present = miner;
        if (present == null) {
            present = new TemplateMiner(limits);
            miner = present;
        }
        return present;
    }

    MessageMask mask() {
        MessageMask present = mask;
        if (present == null) {
            present = new MessageMask();
            mask = present;
        }
        return present;
    }

    /** Gives back what is only needed while observations are taken in. */
    void rest() {
        mask = null;
    }

    /** @return id of the error's pattern */
    String met(Observation.ErrorMet error, Patterns patterns, Performance performance) {
        ErrorText text = ErrorText.read(error.text(), mask());
        Observation.Stamp stamp = error.stamp();
        long micros = stamp.key().atMicros();
        Pattern pattern = patternOf(text, micros, patterns);
        Member member = patterns.member(pattern, text.key(), text.title(), micros);
        member.files = text.files();
        if (pattern.repository == null) {
            pattern.repository = error.repository();
        }
        if (error.gone()) {
            gone(error, pattern, member, performance);
        } else {
            // The same run says the same error often; that is one observation.
            boolean again = error.run() != null && error.run().equals(member.lastRun);
            if (!again) {
                member.observed(stamp, true, error.team());
            }
            member.lastRun = error.run();
            member.openSince = micros;
            text.others().forEach(line -> line(line, stamp, error.team(), patterns));
        }
        patterns.touched(pattern, micros);
        return pattern.id;
    }

    private void gone(Observation.ErrorMet error, Pattern pattern, Member member, Performance performance) {
        List<String> changed = error.changedFiles().isEmpty() ? changedSince(error, member) : error.changedFiles();
        if (changed.isEmpty()) {
            member.openSince = Long.MIN_VALUE;
            member.goneMicros = error.stamp().key().atMicros();
            return;
        }
        if (member.hasFixes() && performance.isWanted(MODEL)) {
            List<PatternView.KnownFix> known =
                    pattern.fixes(Patterns.RULES, error.stamp().key().atMicros());
            PatternView.KnownFix likeliest = known.getFirst();
            performance.judged(MODEL, error.stamp().key(), likeliest.probability(), changed.contains(likeliest.path()));
        }
        member.gone(
                error.stamp(),
                changed.subList(0, Math.min(FILES_OF_FIX, changed.size())),
                error.commit(),
                error.team());
    }

    /** What the stream itself says was changed between the last time that the error was seen and now. */
    private List<String> changedSince(Observation.ErrorMet error, Member member) {
        long since = member.openSince == Long.MIN_VALUE ? member.lastMicros : member.openSince;
        Set<String> paths = new LinkedHashSet<>();
        changes.descendingIterator().forEachRemaining(change -> {
            if (change.micros() >= since
                    && (error.repository() == null || error.repository().equals(change.repository()))) {
                paths.add(change.path());
            }
        });
        return List.copyOf(paths);
    }

    private Pattern patternOf(ErrorText text, long micros, Patterns patterns) {
        Pattern known = patterns.ofMember(text.key());
        String look = look(text);
        if (known == null) {
            String id = look == null ? null : idOfLook.get(look);
            Pattern alike = id == null ? null : patterns.find(id);
            known = alike == null || alike.parted
                    ? patterns.findOrAdd(Ids.of(PatternKind.ERROR, text.key()), PatternKind.ERROR, micros)
                    : alike;
        }
        if (look != null) {
            String id = idOfLook.get(look);
            Pattern alike = id == null ? null : patterns.find(id);
            if (alike == null) {
                remember(look, known.id);
            } else if (alike != known && !alike.parted && !known.parted) {
                // Two that turn out to look the same: the older one stays.
                boolean older = Comparator.comparingLong(Pattern::firstMicros)
                                .thenComparing(pattern -> pattern.id)
                                .compare(alike, known)
                        <= 0;
                Pattern stays = older ? alike : known;
                patterns.merge(stays, List.of((older ? known : alike).id), micros);
                known = stays;
            }
        }
        return known;
    }

    private @Nullable String look(ErrorText text) {
        Fingerprint print = text.loose();
        if (print != null) {
            return "f:" + print.loose();
        }
        String line = text.line();
        if (line == null || line.isEmpty()) {
            return null;
        }
        return "e:" + miner().add(line).template() + ":" + FileNames.in(line);
    }

    private void remember(String look, String id) {
        if (idOfLook.size() >= FINGERPRINTS) {
            idOfLook.remove(idOfLook.keySet().iterator().next());
        }
        idOfLook.put(look, id);
    }

    /** A line beside an error: it is of a template. */
    private void line(String line, Observation.Stamp stamp, @Nullable String team, Patterns patterns) {
        Match match = miner().add(line);
        Template template = miner().template(match.template()).orElse(null);
        if (template == null) {
            return;
        }
        long micros = stamp.key().atMicros();
        String masked = mask().mask(line);
        String key = Ids.hash("line", masked);
        Pattern known = patterns.ofMember(key);
        String look = "t:" + match.template();
        if (known == null) {
            String id = idOfLook.get(look);
            Pattern alike = id == null ? null : patterns.find(id);
            known = alike == null || alike.parted
                    ? patterns.findOrAdd(Ids.of(PatternKind.TEMPLATE, key), PatternKind.TEMPLATE, micros)
                    : alike;
            if (alike == null) {
                remember(look, known.id);
            }
        }
        String text = template.text();
        patterns.member(known, key, text.length() > 300 ? text.substring(0, 299) + "…" : text, micros)
                .observed(stamp, true, team);
        patterns.touched(known, micros);
    }

    /**
     * How a text is known.
     *
     * @param how {@code exact}, {@code loose}, {@code root} or {@code template}
     */
    record Known(String how, Pattern pattern) {}

    /** The pattern that a text is known by, if there is one; nothing is learned. */
    @Nullable Known known(ErrorText text, Patterns patterns) {
        Pattern exact = patterns.ofMember(text.key());
        if (exact != null) {
            return new Known("exact", exact);
        }
        Fingerprint print = text.loose();
        if (print != null) {
            Pattern loose = byLook("f:" + print.loose(), patterns);
            if (loose != null) {
                return new Known("loose", loose);
            }
            Pattern root = byLook("f:" + print.root(), patterns);
            return root == null ? null : new Known("root", root);
        }
        String line = text.line();
        TemplateMiner learned = miner;
        if (line == null || learned == null) {
            return null;
        }
        Match match = learned.match(line).orElse(null);
        if (match == null) {
            return null;
        }
        Pattern template = byLook("e:" + match.template() + ":" + FileNames.in(line), patterns);
        if (template == null) {
            template = byLook("t:" + match.template(), patterns);
        }
        return template == null ? null : new Known("template", template);
    }

    private @Nullable Pattern byLook(String look, Patterns patterns) {
        String id = idOfLook.get(look);
        return id == null ? null : patterns.find(id);
    }

    int templates() {
        return miner == null ? 0 : miner.size();
    }

    List<Template> allTemplates() {
        return miner == null ? List.of() : miner.templates();
    }

    void write(ByteWriter out) {
        out.bool(miner != null);
        if (miner != null) {
            Bytes.write(out, miner.snapshot());
        }
        out.varint(idOfLook.size());
        idOfLook.forEach((look, id) -> {
            out.text(look);
            out.text(id);
        });
        out.varint(changes.size());
        for (Change change : changes) {
            Bytes.write(out, change.repository());
            out.text(change.path());
            out.varint(change.micros());
        }
    }

    void read(ByteReader in) {
        miner = in.bool() ? TemplateMiner.restore(Bytes.bytes(in)) : null;
        for (int left = Bytes.count(in); left > 0; left--) {
            idOfLook.put(in.text(), in.text());
        }
        for (int left = Bytes.count(in); left > 0; left--) {
            changes.addLast(new Change(Bytes.textOrNull(in), in.text(), in.varint()));
        }
    }

    /** Weights of what is held, in bytes, roughly. */
    long weight() {
        return (miner == null ? 0 : 20_000 + 1_000L * miner.size()) + 120L * idOfLook.size();
    }

    /** Files of the latest changes in a repository, the latest first. */
    List<String> latestChanges(String repository, int limit) {
        List<String> latest = new ArrayList<>();
        changes.descendingIterator().forEachRemaining(change -> {
            if (repository.equals(change.repository()) && latest.size() < limit && !latest.contains(change.path())) {
                latest.add(change.path());
            }
        });
        return latest;
    }

    /** @return how many first looks lead to a pattern; for tests of the bound */
    Map<String, String> looks() {
        return idOfLook;
    }
}
