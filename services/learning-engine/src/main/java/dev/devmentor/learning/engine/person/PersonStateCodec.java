package dev.devmentor.learning.engine.person;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import dev.devmentor.learning.engine.card.EntryKey;
import dev.devmentor.learning.engine.load.Session;
import dev.devmentor.learning.engine.progress.Progress;
import dev.devmentor.learning.engine.progress.Streak;
import dev.devmentor.learning.engine.progress.Tally;
import dev.devmentor.learning.engine.rating.Evidence;
import dev.devmentor.learning.engine.rating.ItemMemory;
import dev.devmentor.learning.engine.rating.LayerEvidence;
import dev.devmentor.learning.engine.rating.PersonRating;
import dev.devmentor.learning.engine.rating.SkillRating;
import dev.devmentor.learning.engine.rating.Track;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The state of a person as bytes, for whoever keeps it. Big-endian, without names: a version (1 byte), then the parts of
 * {@link PersonState} in their order, each in the order of its own parts; collections as their size (4 bytes) and their
 * elements in order; texts as {@code length (2)} and UTF-8; sums of the layer, most of them small, as base 128 varints of their
 * zigzag. Equal states give equal bytes.
 *
 * <p>A state of another version is not read but folded again from the log, since what a version adds is in the log too.
 */
public final class PersonStateCodec {

    /** The version that is written. */
    public static final byte VERSION = 2;

    private PersonStateCodec() {}

    /** Whether this build reads the bytes. */
    public static boolean isCurrent(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == VERSION;
    }

    /** The state as bytes. */
    public static byte[] encode(PersonState state) {
        ByteWriter out = new ByteWriter();
        out.int1(VERSION);
        EntryKey folded = state.folded();
        out.bool(folded != null);
        if (folded != null) {
            out.int8(folded.atMicros());
            out.text(folded.source());
            out.text(folded.id());
        }
        texts(out, state.openUndos());
        out.int4(state.answers());
        rating(out, state.rating());
        out.int4(state.skills().size());
        state.skills().forEach((id, skill) -> {
            out.text(id);
            skill(out, skill);
        });
        out.int4(state.items().size());
        state.items().forEach((id, item) -> {
            out.text(id);
            out.int4(item.memory().wins());
            out.int4(item.memory().losses());
            out.bool(item.memory().lastRight());
            out.int8(item.memory().lastSecond());
            out.int4(item.lastDay());
            out.int4(item.rightDays());
        });
        progress(out, state.progress());
        session(out, state.session());
        out.int4(state.epoch());
        out.int4(state.evidence().size());
        state.evidence().forEach((key, evidence) -> {
            out.int1(key.kind().ordinal());
            out.text(key.id());
            out.int8(evidence.answers());
            out.int8(evidence.scoreUnits());
            out.int8(evidence.informationUnits());
        });
        layerEvidence(out, state.layerEvidence());
        return out.toBytes();
    }

    /**
     * The state that was encoded, to the last bit.
     *
     * @throws IllegalArgumentException if the bytes are of another version
     */
    public static PersonState decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        int version = in.int1();
        if (version != VERSION) {
            throw new IllegalArgumentException(
                    "a person's state of version " + version + ", this build knows " + VERSION);
        }
        EntryKey folded = !in.bool() ? null : new EntryKey(in.int8(), in.text(), in.text());
        SortedSet<String> openUndos = texts(in);
        int answers = in.int4();
        PersonRating rating =
                new PersonRating(track(in), in.int4(), in.int4(), in.float8(), in.float8(), in.bool(), in.int8());
        SortedMap<String, SkillStanding> skills = new TreeMap<>();
        for (int i = in.int4(); i > 0; i--) {
            skills.put(in.text(), skill(in));
        }
        SortedMap<String, ItemStanding> items = new TreeMap<>();
        for (int i = in.int4(); i > 0; i--) {
            items.put(
                    in.text(),
                    new ItemStanding(new ItemMemory(in.int4(), in.int4(), in.bool(), in.int8()), in.int4(), in.int4()));
        }
        Progress progress = progress(in);
        Session session = new Session(
                in.int8(), in.int8(), in.int4(), in.float8(), in.float8(), in.float8(), in.float8(), in.int4());
        int epoch = in.int4();
        SortedMap<SharedKey, Evidence> evidence = new TreeMap<>();
        for (int i = in.int4(); i > 0; i--) {
            evidence.put(
                    new SharedKey(SharedKey.Kind.values()[in.int1()], in.text()),
                    new Evidence(in.int8(), in.int8(), in.int8()));
        }
        return new PersonState(
                folded,
                openUndos,
                answers,
                rating,
                skills,
                items,
                progress,
                session,
                epoch,
                evidence,
                layerEvidence(in));
    }

    private static void layerEvidence(ByteWriter out, LayerEvidence evidence) {
        out.int8(evidence.answers());
        if (evidence.answers() > 0) {
            for (long unit : evidence.units()) {
                out.varint(unit);
            }
        }
    }

    private static LayerEvidence layerEvidence(ByteReader in) {
        long answers = in.int8();
        if (answers == 0) {
            return new LayerEvidence();
        }
        long[] units = new long[LayerEvidence.SUMS];
        for (int i = 0; i < units.length; i++) {
            units[i] = in.varint();
        }
        return LayerEvidence.of(answers, units);
    }

    private static void rating(ByteWriter out, PersonRating rating) {
        track(out, rating.ability());
        out.int4(rating.wins());
        out.int4(rating.losses());
        out.float8(rating.form());
        out.float8(rating.trend());
        out.bool(rating.lastRight());
        out.int8(rating.lastSecond());
    }

    private static void skill(ByteWriter out, SkillStanding skill) {
        SkillRating rating = skill.rating();
        track(out, rating.deviation());
        out.int4(rating.wins());
        out.int4(rating.losses());
        out.float8(rating.freshWins());
        out.float8(rating.freshLosses());
        out.float8(rating.form());
        out.int8(rating.lastSecond());
        for (SkillStanding.Evidence level : skill.bloom()) {
            out.int4(level.answers());
            out.int4(level.right());
        }
        out.int4(skill.tasks());
    }

    private static SkillStanding skill(ByteReader in) {
        SkillRating rating =
                new SkillRating(track(in), in.int4(), in.int4(), in.float8(), in.float8(), in.float8(), in.int8());
        List<SkillStanding.Evidence> bloom = new ArrayList<>(SkillStanding.LEVELS);
        for (int i = 0; i < SkillStanding.LEVELS; i++) {
            bloom.add(new SkillStanding.Evidence(in.int4(), in.int4()));
        }
        return new SkillStanding(rating, bloom, in.int4());
    }

    private static void track(ByteWriter out, Track track) {
        out.float8(track.mean());
        out.float8(track.variance());
        out.float8(track.pull());
        out.float8(track.reach());
        out.float8(track.noise());
    }

    private static Track track(ByteReader in) {
        return new Track(in.float8(), in.float8(), in.float8(), in.float8(), in.float8());
    }

    private static void progress(ByteWriter out, Progress progress) {
        out.int8(progress.points());
        out.int4(progress.day());
        out.int4(progress.sharedToday());
        out.int4(progress.ownToday());
        out.int4(progress.grantedToday());
        out.int4(progress.tasksToday());
        Streak streak = progress.streak();
        out.int4(streak.days());
        out.int4(streak.longest());
        out.int4(streak.lastDay());
        out.int4(streak.freezes());
        out.int4(streak.freezesUsed());
        out.int4(streak.activeDays());
        Tally tally = progress.tally();
        out.int4(tally.right());
        out.int4(tally.run());
        out.int4(tally.longestRun());
        out.int4(tally.hard());
        out.int4(tally.deep());
        out.int4(tally.comebacks());
        out.int4(tally.remembered());
        out.int4(tally.returns());
        out.int4(tally.skills());
        out.int4(tally.tasks());
        texts(out, progress.tasks());
        out.int4(progress.achievements().size());
        progress.achievements().forEach((id, at) -> {
            out.text(id);
            out.int8(at);
        });
    }

    private static Progress progress(ByteReader in) {
        long points = in.int8();
        int day = in.int4();
        int sharedToday = in.int4();
        int ownToday = in.int4();
        int grantedToday = in.int4();
        int tasksToday = in.int4();
        Streak streak = new Streak(in.int4(), in.int4(), in.int4(), in.int4(), in.int4(), in.int4());
        Tally tally = new Tally(
                in.int4(), in.int4(), in.int4(), in.int4(), in.int4(), in.int4(), in.int4(), in.int4(), in.int4(),
                in.int4());
        SortedSet<String> tasks = texts(in);
        SortedMap<String, Long> achievements = new TreeMap<>();
        for (int i = in.int4(); i > 0; i--) {
            achievements.put(in.text(), in.int8());
        }
        return new Progress(
                points, day, sharedToday, ownToday, grantedToday, tasksToday, streak, tally, tasks, achievements);
    }

    private static void session(ByteWriter out, Session session) {
        out.int8(session.startMicros());
        out.int8(session.lastMicros());
        out.int4(session.answers());
        out.float8(session.slowness());
        out.float8(session.misses());
        out.float8(session.complexity());
        out.float8(session.pace());
        out.int4(session.paced());
    }

    private static void texts(ByteWriter out, SortedSet<String> texts) {
        out.int4(texts.size());
        texts.forEach(out::text);
    }

    private static SortedSet<String> texts(ByteReader in) {
        SortedSet<String> texts = new TreeSet<>();
        for (int i = in.int4(); i > 0; i--) {
            texts.add(in.text());
        }
        return texts;
    }
}
