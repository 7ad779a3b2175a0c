package dev.devmentor.pbml.engine.related;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import dev.devmentor.deterministic.DeterministicMath;
import java.util.Arrays;

/** What is remembered of one file. */
final class FileState {

    /** So many of its latest commits are looked at. */
    static final int COMMITS = 64;

    private static final double LN2 = 0x1.62e42fefa39efp-1;

    /** Half-lives of the two popularities, in commits of the repository. */
    private static final double SHORT_HALF_LIFE = 20;

    private static final double LONG_HALF_LIFE = 300;

    int id;
    PathName name;
    boolean alive = true;

    /** Commits that touched it, ever. */
    int commits;

    int bornSequence;
    int lastSequence;
    long lastAt;

    /** Sequence numbers of its latest commits: a ring once it has grown to its full length. */
    int[] recent = new int[4];

    private double shortPopularity;
    private double longPopularity;

    /** Slot of the current collection of candidates; see {@link Candidates}. */
    int slot;

    long stamp;

    FileState(int id, PathName name) {
        this.id = id;
        this.name = name;
    }

    void touched(int sequence, long at, double weight) {
        shortPopularity = shortPopularity(sequence) + weight;
        longPopularity = longPopularity(sequence) + weight;
        commits++;
        lastSequence = sequence;
        lastAt = at;
        if (commits > recent.length && recent.length < COMMITS) {
            recent = Arrays.copyOf(recent, Math.min(COMMITS, 2 * recent.length));
        }
        recent[(commits - 1) % COMMITS] = sequence;
    }

    /** How many of its latest commits are known. */
    int known() {
        return Math.min(commits, COMMITS);
    }

    /** The latest commit for 0, the one before for 1 and so on. */
    int recent(int back) {
        return recent[(commits - 1 - back) % COMMITS];
    }

    double shortPopularity(int sequence) {
        return shortPopularity * halved(sequence, SHORT_HALF_LIFE);
    }

    double longPopularity(int sequence) {
        return longPopularity * halved(sequence, LONG_HALF_LIFE);
    }

    private double halved(int sequence, double halfLife) {
        int passed = sequence - lastSequence;
        return passed == 0 ? 1 : DeterministicMath.exp(-LN2 / halfLife * passed);
    }

    void write(ByteWriter out) {
        out.varint(id);
        out.text(name.path());
        out.bool(alive);
        out.varint(commits);
        out.varint(bornSequence);
        out.varint(lastSequence);
        out.varint(lastAt);
        out.float8(shortPopularity);
        out.float8(longPopularity);
        for (int back = known() - 1; back >= 0; back--) {
            out.varint(recent(back));
        }
    }

    static FileState read(ByteReader in) {
        FileState file = new FileState(Math.toIntExact(in.varint()), PathName.of(in.text()));
        file.alive = in.bool();
        file.commits = Math.toIntExact(in.varint());
        if (file.commits < 0) {
            throw new IllegalArgumentException(file.commits + " commits");
        }
        file.bornSequence = Math.toIntExact(in.varint());
        file.lastSequence = Math.toIntExact(in.varint());
        file.lastAt = in.varint();
        file.shortPopularity = in.finite8();
        file.longPopularity = in.finite8();
        int known = file.known();
        file.recent = new int[Math.max(4, known)];
        for (int back = known - 1; back >= 0; back--) {
            file.recent[(file.commits - 1 - back) % COMMITS] = Math.toIntExact(in.varint());
        }
        return file;
    }
}
