package dev.devmentor.pbml.engine.template;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lines with the same words at the same places; the places where they are free are wild. */
final class Group {

    /** Bytes of a token, and of a group without any, in a snapshot. */
    private static final int LEAST_OF_TOKEN = 17;

    static final int LEAST = 60;

    final long id;
    /** The tokens; of a list each run of elements is one. */
    final int tokens;

    final String[] gaps;
    final @Nullable String[] words;
    final long[] hash;
    final byte[] look;
    final boolean[] value;
    /** Places where any word or variable part may stand, because too many different ones were seen. */
    final boolean[] wild;
    /** The types seen at each variable place, as bits. */
    final int[] types;

    final long shape;
    /** Whether runs of variable parts may have any length. */
    boolean list;

    int wildPlaces;
    long key;
    long count;
    /** Hits since the group was last spared, at most 3. */
    int hits;
    /** When the group was put into the indexes. */
    long indexed;
    /** Whether it left the nursery. */
    boolean kept;

    /** Where it stands among the lists, or 0. */
    long listKey;

    boolean gone;
    /** Bytes that it takes up, the share of the indexes included; an estimate from above. */
    int cost;

    private Group(long id, int tokens, long shape) {
        this.id = id;
        this.tokens = tokens;
        this.shape = shape;
        gaps = new String[tokens + 1];
        words = new String[tokens];
        hash = new long[tokens];
        look = new byte[tokens];
        value = new boolean[tokens];
        wild = new boolean[tokens];
        types = new int[tokens];
    }

    /** A group of the one line that was read. */
    static Group of(long id, LineScanner line) {
        Group group = new Group(id, line.tokens, line.shape);
        for (int t = 0; t < line.tokens; t++) {
            group.gaps[t] = line.gapText(t);
            group.hash[t] = line.hash[t];
            group.look[t] = line.look[t];
            group.value[t] = line.value[t];
            if (line.type[t] >= 0) {
                group.types[t] = 1 << line.type[t];
            } else {
                group.words[t] = line.tokenText(t);
            }
        }
        group.gaps[line.tokens] = line.gapText(line.tokens);
        group.key = key(line.shape, line.hash, 0, line.tokens);
        group.cost = group.cost();
        return group;
    }

    /** The same for a group of lines in which a list has any length: only the first element of each is kept. */
    Group collapsed(Runs runs) {
        int left = 0;
        for (int t = 0; t < tokens; t++) {
            left += runs.further[t] ? 0 : 1;
        }
        Group group = new Group(id, left, 0);
        int r = 0;
        for (int t = 0; t < tokens; t++) {
            if (runs.further[t]) {
                continue;
            }
            group.gaps[r] = gaps[t];
            group.words[r] = words[t];
            group.hash[r] = hash[t];
            group.look[r] = look[t];
            group.value[r] = value[t];
            group.types[r] = types[t];
            r++;
        }
        group.gaps[left] = gaps[tokens];
        group.list = true;
        group.count = count;
        group.hits = hits;
        group.cost = group.cost();
        return group;
    }

    Runs runs() {
        return new Runs(tokens, hash, types, t -> gaps[t]);
    }

    private int cost() {
        int bytes = 1_000;
        for (int t = 0; t < tokens; t++) {
            String word = words[t];
            bytes += 160 + 2 * gaps[t].length() + (word == null ? 0 : 2 * word.length());
        }
        return bytes + 2 * gaps[tokens].length();
    }

    /** Identity of a row of tokens; each adds its share, so that a half can be looked up alone. */
    static long key(long shape, long[] hash, int from, int to) {
        long key = shape;
        for (int t = from; t < to; t++) {
            key += LineScanner.mix(hash[t] + (t + 1) * 0xbf58476d1ce4e5b9L);
        }
        return key;
    }

    /** Whether a line that was read, of the same shape, differs at wild places only. */
    boolean covers(LineScanner line) {
        if (line.shape != shape || line.tokens != tokens || list) {
            return false;
        }
        for (int t = 0; t < tokens; t++) {
            if (hash[t] != line.hash[t] && !wild[t]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Where two groups differ.
     *
     * @return the first place plus 1, and the second one plus 1 in the upper half, 0 where there is none; -1 if there are more
     *     than two or the groups can't be compared
     */
    long difference(Group other) {
        if (other.shape != shape || other.tokens != tokens || other.list || list) {
            return -1;
        }
        int first = 0;
        int second = 0;
        for (int t = 0; t < tokens; t++) {
            if (hash[t] != other.hash[t]) {
                if (second > 0) {
                    return -1;
                }
                if (first > 0) {
                    second = t + 1;
                } else {
                    first = t + 1;
                }
            }
        }
        return (long) second << 32 | first;
    }

    /** Notes another unit of bytes than so far: then the unit is part of the value. */
    void unit(int t, LineScanner line) {
        String word = words[t];
        if (word != null && !line.reads(t, word)) {
            words[t] = null;
            types[t] = 1 << PartType.SIZE.ordinal();
        }
    }

    void free(int t) {
        if (!wild[t]) {
            wild[t] = true;
            wildPlaces++;
            types[t] |= words[t] == null ? 0 : 1 << PartType.TEXT.ordinal();
            words[t] = null;
            hash[t] = LineScanner.VARIABLE;
        }
    }

    /** Takes over what a group has seen that is the same but for the wild places. */
    void absorb(Group other) {
        count += other.count;
        hits = Math.max(hits, other.hits);
        for (int t = 0; t < tokens; t++) {
            types[t] |= other.types[t];
            if (look[t] == LineScanner.UNIT && !wild[t] && !Objects.equals(words[t], other.words[t])) {
                words[t] = null;
                types[t] = 1 << PartType.SIZE.ordinal();
            }
            if (other.words[t] != null && wild[t]) {
                types[t] |= 1 << PartType.TEXT.ordinal();
            }
        }
    }

    /**
     * The text. Variable parts that nothing but a dot separates are one, and so is a number with a unit of bytes that varies.
     *
     * @param typed whether types are shown instead of {@code <*>}
     * @param into the types of the parts that are shown
     */
    String render(boolean typed, List<PartType> into) {
        StringBuilder out = new StringBuilder(96);
        boolean before = false;
        for (int t = 0; t < tokens; t++) {
            String word = words[t];
            String gap = gaps[t];
            if (word != null) {
                out.append(gap).append(word);
                before = false;
                continue;
            }
            boolean unit = before && look[t] == LineScanner.UNIT && gap.equals(" ");
            if (before && (gap.isEmpty() || gap.equals(".")) || unit) {
                PartType last = into.getLast();
                PartType joined = unit ? PartType.SIZE : PartType.TEXT;
                into.set(into.size() - 1, joined);
                if (typed) {
                    out.setLength(out.length() - last.name().length() - 2);
                    out.append('<').append(joined).append('>');
                }
                continue;
            }
            PartType type = Integer.bitCount(types[t]) == 1
                    ? PartType.ALL[Integer.numberOfTrailingZeros(types[t])]
                    : PartType.TEXT;
            into.add(type);
            out.append(gap);
            if (typed) {
                out.append('<').append(type).append('>');
            } else {
                out.append("<*>");
            }
            before = true;
        }
        return out.append(gaps[tokens]).toString();
    }

    void write(ByteWriter out) {
        out.int8(id);
        out.int4(tokens);
        out.int8(shape);
        out.int8(key);
        out.int8(count);
        out.int8(indexed);
        out.int8(listKey);
        out.int1(hits);
        out.bool(list);
        out.bool(kept);
        out.int4(wildPlaces);
        for (int t = 0; t < tokens; t++) {
            longText(out, gaps[t]);
            String word = words[t];
            out.bool(word != null);
            if (word != null) {
                longText(out, word);
            }
            out.int8(hash[t]);
            out.int1(look[t]);
            out.bool(value[t]);
            out.bool(wild[t]);
            out.int4(types[t]);
        }
        longText(out, gaps[tokens]);
        out.int4(cost);
    }

    /** @throws IllegalArgumentException if no group could have written this */
    static Group read(ByteReader in, int mostTokens) {
        long id = in.int8();
        int tokens = in.count4(LEAST_OF_TOKEN);
        if (tokens > mostTokens) {
            throw new IllegalArgumentException(tokens + " tokens");
        }
        Group group = new Group(id, tokens, in.int8());
        group.key = in.int8();
        group.count = in.int8();
        group.indexed = in.int8();
        group.listKey = in.int8();
        group.hits = in.int1();
        group.list = in.bool();
        group.kept = in.bool();
        group.wildPlaces = in.int4();
        int wildPlaces = group.wildPlaces;
        for (int t = 0; t < tokens; t++) {
            group.gaps[t] = longText(in);
            group.words[t] = in.bool() ? longText(in) : null;
            group.hash[t] = in.int8();
            group.look[t] = (byte) in.int1();
            group.value[t] = in.bool();
            group.wild[t] = in.bool();
            group.types[t] = in.int4();
            if (group.types[t] >>> PartType.ALL.length != 0 || group.look[t] > LineScanner.UNIT) {
                throw new IllegalArgumentException("a place of types " + group.types[t] + " and look " + group.look[t]);
            }
            wildPlaces -= group.wild[t] ? 1 : 0;
        }
        group.gaps[tokens] = longText(in);
        group.cost = in.int4();
        if (wildPlaces != 0 || group.hits > 3 || group.count < 0 || group.cost < group.cost()) {
            throw new IllegalArgumentException("group " + id + " contradicts itself");
        }
        return group;
    }

    /** Texts as their UTF-16 units: a word may be cut in the middle of a pair, which UTF-8 can't hold. */
    private static void longText(ByteWriter out, String text) {
        out.varint(text.length());
        for (int i = 0; i < text.length(); i++) {
            out.varint(text.charAt(i));
        }
    }

    private static String longText(ByteReader in) {
        char[] units = new char[in.count(1)];
        for (int i = 0; i < units.length; i++) {
            units[i] = (char) in.varint();
        }
        return new String(units);
    }
}
