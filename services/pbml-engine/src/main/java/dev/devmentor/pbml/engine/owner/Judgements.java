package dev.devmentor.pbml.engine.owner;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import dev.devmentor.pbml.engine.confidence.Confidence;
import dev.devmentor.pbml.engine.confidence.Evidence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an owner said of patterns that they do not have, which are those of a team or of everyone. It counts there, and goes
 * to the owner's own pattern once there is one. Those that were judged latest are kept.
 */
final class Judgements {
    static final int MOST = 1_000;
    static final int TEAMS = 4;

    /** The one that was judged longest ago first. */
    private final LinkedHashMap<String, Judged> byPattern = new LinkedHashMap<>();

    /** Of one pattern. */
    static final class Judged {
        Evidence evidence = Evidence.none();
        final Set<String> teams = new TreeSet<>();

        void add(Observation.Judged judged) {
            evidence =
                    evidence.with(Bytes.instant(judged.stamp().key().atMicros()), judged.helped(), Confidence.FEEDBACK);
            String team = judged.team();
            if (team != null && teams.size() < TEAMS) {
                teams.add(team);
            }
        }

        void add(Judged other) {
            evidence = evidence.plus(other.evidence);
            for (String team : other.teams) {
                if (teams.size() < TEAMS) {
                    teams.add(team);
                }
            }
        }

        boolean isNone() {
            return evidence.count() == 0;
        }

        void write(ByteWriter out) {
            Bytes.write(out, evidence);
            Bytes.write(out, teams);
        }

        static Judged read(ByteReader in) {
            Judged judged = new Judged();
            judged.evidence = Bytes.evidence(in);
            judged.teams.addAll(Bytes.texts(in));
            return judged;
        }
    }

    void add(Observation.Judged judged) {
        Judged known = byPattern.remove(judged.pattern());
        Judged present = known == null ? new Judged() : known;
        present.add(judged);
        put(judged.pattern(), present);
    }

    /** Keeps what was said of a pattern that the owner no longer has. */
    void put(String pattern, Judged judged) {
        if (byPattern.size() >= MOST) {
            byPattern.remove(byPattern.keySet().iterator().next());
        }
        byPattern.put(pattern, judged);
    }

    /** What was said of a pattern that the owner has now; null if nothing was. */
    @Nullable Judged take(String pattern) {
        return byPattern.remove(pattern);
    }

    List<PatternShare.Judgement> all() {
        List<PatternShare.Judgement> all = new ArrayList<>();
        byPattern.forEach((pattern, judged) ->
                all.add(new PatternShare.Judgement(pattern, judged.evidence, Set.copyOf(judged.teams))));
        return all;
    }

    void write(ByteWriter out) {
        out.varint(byPattern.size());
        byPattern.forEach((pattern, judged) -> {
            out.text(pattern);
            judged.write(out);
        });
    }

    void read(ByteReader in) {
        for (int left = Bytes.count(in); left > 0; left--) {
            byPattern.put(in.text(), Judged.read(in));
        }
    }
}
