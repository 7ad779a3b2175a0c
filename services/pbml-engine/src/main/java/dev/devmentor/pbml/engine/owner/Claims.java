package dev.devmentor.pbml.engine.owner;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import dev.devmentor.pbml.engine.confidence.Evidence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What comes with what: "where A is, B is too" is a claim that is tried whenever A is there. A claim that held three times, and in a quarter
 * of all cases, is a pattern. Per subject those partners are kept that came most lately.
 */
final class Claims {
    private static final int PARTNERS = 12;
    private static final int PROMOTED = 3;
    /** It held in one of so many cases at least. */
    private static final int LEAST_SHARE = 4;

    private static final int REFS = 3;

    private final PatternKind kind;
    private final int subjects;
    private final LinkedHashMap<String, Map<String, Claim>> bySubject = new LinkedHashMap<>(16, 0.75f, true);

    private static final class Claim {
        Evidence evidence = Evidence.none();
        long firstMicros;
        long lastMicros;
        int held;
        final List<UUID> refs = new ArrayList<>();

        /** The pattern that it has become. */
        @Nullable String pattern;
    }

    /** Says in words what a claim says. */
    @FunctionalInterface
    interface Naming {
        String name(String subject, String partner);
    }

    Claims(PatternKind kind, int subjects) {
        this.kind = kind;
        this.subjects = subjects;
    }

    /**
     * The subject was there.
     *
     * @param came what was there too
     * @param team for which it was done
     * @param repository that patterns of it are about
     */
    void tried(
            String subject,
            Collection<String> came,
            Observation.Stamp stamp,
            @Nullable String team,
            @Nullable String repository,
            Naming naming,
            Patterns patterns) {
        Map<String, Claim> partners = bySubject.get(subject);
        if (partners == null) {
            if (bySubject.size() >= subjects) {
                bySubject.remove(bySubject.keySet().iterator().next());
            }
            partners = new LinkedHashMap<>();
            bySubject.put(subject, partners);
        }
        for (Map.Entry<String, Claim> known : partners.entrySet()) {
            observe(
                    known.getValue(),
                    subject,
                    known.getKey(),
                    came.contains(known.getKey()),
                    stamp,
                    team,
                    repository,
                    naming,
                    patterns);
        }
        for (String partner : came) {
            if (!partners.containsKey(partner) && hasRoom(partners)) {
                Claim claim = new Claim();
                claim.firstMicros = stamp.key().atMicros();
                partners.put(partner, claim);
                observe(claim, subject, partner, true, stamp, team, repository, naming, patterns);
            }
        }
    }

    /** What was not there for longest goes, if it is no pattern. */
    private static boolean hasRoom(Map<String, Claim> partners) {
        if (partners.size() < PARTNERS) {
            return true;
        }
        String oldest = partners.entrySet().stream()
                .filter(claim -> claim.getValue().pattern == null)
                .min(Comparator.comparingLong((Map.Entry<String, Claim> claim) -> claim.getValue().lastMicros)
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .orElse(null);
        if (oldest == null) {
            return false;
        }
        partners.remove(oldest);
        return true;
    }

    private void observe(
            Claim claim,
            String subject,
            String partner,
            boolean held,
            Observation.Stamp stamp,
            @Nullable String team,
            @Nullable String repository,
            Naming naming,
            Patterns patterns) {
        if (held) {
            claim.held++;
            claim.lastMicros = stamp.key().atMicros();
        }
        if (claim.pattern != null) {
            Pattern pattern = patterns.find(claim.pattern);
            Member member = pattern == null ? null : pattern.members.get(claim.pattern);
            if (pattern != null && member != null) {
                member.observed(stamp, held, team);
                patterns.touched(pattern, stamp.key().atMicros());
                return;
            }
            // It was forgotten for want of room: it has to show itself anew.
            claim.pattern = null;
            claim.evidence = Evidence.none();
            claim.held = held ? 1 : 0;
            claim.firstMicros = stamp.key().atMicros();
            claim.refs.clear();
        }
        claim.evidence = claim.evidence.with(Bytes.instant(stamp.key().atMicros()), held);
        if (held) {
            claim.refs.addFirst(stamp.ref());
            if (claim.refs.size() > REFS) {
                claim.refs.removeLast();
            }
        }
        if (claim.held >= PROMOTED && claim.held * LEAST_SHARE >= claim.evidence.count()) {
            promote(claim, subject, partner, stamp.key().atMicros(), team, repository, naming, patterns);
        }
    }

    private void promote(
            Claim claim,
            String subject,
            String partner,
            long nowMicros,
            @Nullable String team,
            @Nullable String repository,
            Naming naming,
            Patterns patterns) {
        String id = Ids.of(kind, subject, partner);
        Pattern pattern = patterns.findOrAdd(id, kind, claim.firstMicros);
        pattern.repository = repository;
        Member member = patterns.member(pattern, id, naming.name(subject, partner), claim.firstMicros);
        member.evidence = member.evidence.plus(claim.evidence);
        member.support += claim.held;
        member.lastMicros = claim.lastMicros;
        member.refs.addAll(0, claim.refs);
        if (team != null) {
            member.byTeam.put(team, claim.evidence);
        }
        patterns.touched(pattern, nowMicros);
        claim.pattern = id;
        claim.evidence = Evidence.none();
        claim.refs.clear();
    }

    void write(ByteWriter out) {
        out.varint(bySubject.size());
        bySubject.forEach((subject, partners) -> {
            out.text(subject);
            out.varint(partners.size());
            partners.forEach((partner, claim) -> {
                out.text(partner);
                Bytes.write(out, claim.evidence);
                out.varint(claim.firstMicros);
                out.varint(claim.lastMicros);
                out.varint(claim.held);
                Bytes.writeRefs(out, claim.refs);
                Bytes.write(out, claim.pattern);
            });
        });
    }

    void read(ByteReader in) {
        for (int left = Bytes.count(in); left > 0; left--) {
            String subject = in.text();
            Map<String, Claim> partners = new LinkedHashMap<>();
            for (int more = Bytes.count(in); more > 0; more--) {
                String partner = in.text();
                Claim claim = new Claim();
                claim.evidence = Bytes.evidence(in);
                claim.firstMicros = in.varint();
                claim.lastMicros = in.varint();
                claim.held = (int) in.varint();
                claim.refs.addAll(Bytes.refs(in));
                claim.pattern = Bytes.textOrNull(in);
                partners.put(partner, claim);
            }
            bySubject.put(subject, partners);
        }
    }
}
