package dev.devmentor.pbml.engine.owner;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import dev.devmentor.pbml.engine.related.Commit;
import dev.devmentor.pbml.engine.related.Prior;
import dev.devmentor.pbml.engine.related.Query;
import dev.devmentor.pbml.engine.related.Related;
import dev.devmentor.pbml.engine.related.RelatedFiles;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The histories of the repositories that an owner commits to: which files go together. */
final class Repositories {
    static final String MODEL = "related-files";

    /** Larger commits say little about pairs. */
    private static final int LARGEST_OF_PAIRS = 30;

    private final OwnerLimits limits;
    /** The one that was committed to longest ago first. */
    private final LinkedHashMap<String, RelatedFiles> byName = new LinkedHashMap<>();

    private final Claims claims;

    Repositories(OwnerLimits limits) {
        this.limits = limits;
        this.claims = new Claims(PatternKind.RELATED_FILES, limits.claims());
    }

    void committed(Observation.CodeChange change, Patterns patterns, Performance performance) {
        RelatedFiles history = byName.remove(change.repository());
        if (history == null) {
            if (byName.size() >= limits.repositories()) {
                byName.remove(byName.keySet().iterator().next());
            }
            history = new RelatedFiles(limits.related(), Prior.shipped());
        }
        byName.put(change.repository(), history);
        Observation.Stamp stamp = change.stamp();
        List<String> modified = new ArrayList<>();
        List<Commit.Change> changes = new ArrayList<>();
        for (Observation.ChangedFile file : change.files()) {
            changes.add(new Commit.Change(Commit.Kind.valueOf(file.change().name()), file.path()));
            if (file.change() == Observation.FileChange.MODIFIED && !modified.contains(file.path())) {
                modified.add(file.path());
            }
        }
        if (modified.size() > 1 && modified.size() <= LARGEST_OF_PAIRS && performance.isWanted(MODEL)) {
            Query query =
                    Query.of(modified.getFirst(), Bytes.instant(stamp.key().atMicros()));
            List<Related> foreseen = history.related(query, 1);
            if (!foreseen.isEmpty()) {
                Related likeliest = foreseen.getFirst();
                performance.judged(MODEL, stamp.key(), likeliest.probability(), modified.contains(likeliest.path()));
            }
        }
        history.observe(
                new Commit(stamp.ref().toString(), Bytes.instant(stamp.key().atMicros()), "", changes));
        pair(change, patterns);
    }

    private void pair(Observation.CodeChange change, Patterns patterns) {
        Set<String> paths = new HashSet<>();
        List<String> inOrder = new ArrayList<>();
        for (Observation.ChangedFile file : change.files()) {
            if (file.change() != Observation.FileChange.DELETED && paths.add(file.path())) {
                inOrder.add(file.path());
            }
        }
        if (inOrder.size() > LARGEST_OF_PAIRS) {
            return;
        }
        for (String path : inOrder) {
            List<String> others = new ArrayList<>(inOrder);
            others.remove(path);
            String prefix = change.repository() + "\n";
            claims.tried(
                    prefix + path,
                    others,
                    change.stamp(),
                    change.team(),
                    change.repository(),
                    (subject, partner) -> partner + " changes with " + subject.substring(prefix.length()),
                    patterns);
        }
    }

    List<Likely> related(String repository, List<String> paths, long micros, int limit) {
        @Nullable RelatedFiles history = byName.get(repository);
        RelatedFiles asked = history == null ? new RelatedFiles(limits.related(), Prior.shipped()) : history;
        List<Likely> likely = new ArrayList<>();
        for (Related each : asked.related(new Query(paths, "", Bytes.instant(micros)), limit)) {
            likely.add(new Likely(
                    each.path(),
                    each.probability(),
                    reason(each),
                    each.evidence().stream().map(UUID::fromString).toList(),
                    List.of()));
        }
        return likely;
    }

    private static String reason(Related related) {
        return switch (related.reason()) {
            case CHANGED_TOGETHER -> "changed together in " + related.together() + " of " + related.of() + " commits";
            case SAME_NAME -> "the counterpart by its name";
            case CHANGED_WITH_NEIGHBOURS -> "changed with its neighbours";
            case SIMILAR_NAME -> "the names share words";
            case SAME_DIRECTORY -> "the same directory";
            case CHANGED_LATELY -> "being worked on";
        };
    }

    List<String> names() {
        return new ArrayList<>(byName.keySet());
    }

    int files() {
        return byName.values().stream().mapToInt(RelatedFiles::files).sum();
    }

    long weight() {
        return 60_000L * byName.size() + 1_200L * files();
    }

    void write(ByteWriter out) {
        out.varint(byName.size());
        for (Map.Entry<String, RelatedFiles> repository : byName.entrySet()) {
            out.text(repository.getKey());
            Bytes.write(out, repository.getValue().snapshot());
        }
        claims.write(out);
    }

    void read(ByteReader in) {
        for (int left = Bytes.count(in); left > 0; left--) {
            String name = in.text();
            byName.put(name, RelatedFiles.restore(Bytes.bytes(in)));
        }
        claims.read(in);
    }
}
