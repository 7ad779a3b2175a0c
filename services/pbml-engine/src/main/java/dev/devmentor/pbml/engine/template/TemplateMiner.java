package dev.devmentor.pbml.engine.template;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Learns the templates of a log while its lines stream in.
 *
 * <p>{@link LineScanner} takes out what is variable by its looks. Lines that then have the same words at the same places are a
 * group; that is one hash look-up. What can't be told by looks (names, states) is told by numbers: groups that differ at one
 * place only are a family, and when a family has more members than a set of fixed words would have, the place becomes wild and
 * the members one group. How many that is depends on what the words look like ({@link #weight}). A new line that fits no
 * group is compared with those that share a third of its tokens, since lines that differ at two places share one of them. Lines that differ in how long a list is are one group too.
 *
 * <p>The idea of a search tree by length and first words is Drain's (He et al., ICWS 2017), that the number of branches
 * below a word tells variables from constants is Brain's (Yu et al., TSC 2023).
 *
 * <p>Memory is bounded by {@link Limits}: a new group goes to a nursery of a tenth of the room; it moves on if a second line
 * came by the time it is the oldest there, and is forgotten otherwise, so that a flood of lines that never come again
 * pushes out none that do (S3-FIFO, Yang et al., SOSP 2023).
 *
 * <p>The same lines in the same order give the same state, byte for byte. One thread at a time.
 */
public final class TemplateMiner {

    private static final int FORMAT = 1;
    /** How many groups that share a third are compared with a new one, the youngest first. */
    private static final int COMPARED = 160;
    /** A family whose words weigh this much is a variable. */
    private static final int ENOUGH = 24;

    /** Groups that differ in the lengths of lists only. */
    private static final int LENGTHS = 16;

    /** Most places of the memo; a miner of few templates has fewer. */
    private static final int MEMO = 1 << 12;

    private final Limits limits;
    private final LineScanner line;
    private final GroupTable exact = new GroupTable();
    /** Groups with wild places, by shape and first token. */
    private final Map<Long, List<Group>> wild = new HashMap<>();
    /** By shape and one third of the tokens. */
    private final Map<Long, List<Group>> thirds = new HashMap<>();
    /** By words without the length of lists: the list, or the groups of one length each that may become one. */
    private final Map<Long, List<Group>> lists = new HashMap<>();

    /** Live groups by id, in the order of ids. */
    private final Map<Long, Group> groups = new LinkedHashMap<>();
    /** Where merged ids went; forgotten ones are not in it. */
    private final LinkedHashMap<Long, Long> merged = new LinkedHashMap<>();

    private final ArrayDeque<Group> nursery = new ArrayDeque<>();
    private final ArrayDeque<Group> kept = new ArrayDeque<>();
    private int young;
    private long youngBytes;
    private long bytes;
    /** Of groups that wait in a queue and are no more. */
    private long goneBytes;

    private long nextId = 1;
    private long nextIndex = 1;

    /** What the search behind the exact look-up found; void after any change, so that it never decides anything. */
    private final long[] memoKey;

    private final @Nullable Group[] memo;
    private final int[] memoEpoch;
    private int epoch = 1;

    /** A miner with {@link Limits#DEFAULT}. */
    public TemplateMiner() {
        this(Limits.DEFAULT);
    }

    public TemplateMiner(Limits limits) {
        this.limits = limits;
        line = new LineScanner(limits);
        int places = Math.min(MEMO, Math.max(64, Integer.highestOneBit(limits.templates())));
        memoKey = new long[places];
        memo = new Group[places];
        memoEpoch = new int[places];
    }

    /** Learns a line and says which template it has now. */
    public Match add(CharSequence text) {
        line.scan(text);
        Group group = find();
        boolean first = group == null;
        if (group == null) {
            group = learn();
        }
        group.count++;
        if (group.hits < 3) {
            group.hits++;
        }
        return match(group, first, text, true);
    }

    /** The template of a line, if there is one. Nothing is learnt. */
    public Optional<Match> match(CharSequence text) {
        line.scan(text);
        Group group = find();
        return group == null ? Optional.empty() : Optional.of(match(group, false, text, false));
    }

    /** All templates, by id. */
    public List<Template> templates() {
        List<Template> out = new ArrayList<>(groups.size());
        for (Group group : groups.values()) {
            out.add(template(group));
        }
        out.sort(Comparator.comparingLong(Template::id));
        return out;
    }

    /** How many templates there are. */
    public int size() {
        return groups.size();
    }

    /** The template that an id stands for now, after any merges; empty if it was forgotten. */
    public Optional<Template> template(long id) {
        Group group = groups.get(present(id));
        return group == null ? Optional.empty() : Optional.of(template(group));
    }

    private long present(long id) {
        long at = id;
        for (Long next = merged.get(at); next != null; next = merged.get(at)) {
            at = next;
        }
        return at;
    }

    private static Template template(Group group) {
        List<PartType> types = new ArrayList<>();
        String typed = group.render(true, types);
        return new Template(group.id, group.render(false, new ArrayList<>()), typed, types, group.count);
    }

    private Match match(Group group, boolean first, CharSequence text, boolean learn) {
        int count = 0;
        boolean all = group.wildPlaces > 0;
        for (int t = 0; t < line.tokens; t++) {
            if (line.type[t] >= 0 || all && group.wild[t]) {
                count++;
            }
        }
        int[] parts = new int[3 * count];
        int p = 0;
        for (int t = 0; t < line.tokens; t++) {
            int type = line.type[t];
            if (type < 0) {
                if (!all || !group.wild[t]) {
                    if (learn && line.look[t] == LineScanner.UNIT && !group.list) {
                        group.unit(t, line);
                    }
                    continue;
                }
                type = PartType.TEXT.ordinal();
            }
            parts[p++] = line.start[t];
            parts[p++] = line.end[t];
            parts[p++] = type;
            if (learn && !group.list) {
                group.types[t] |= 1 << type;
            }
        }
        return new Match(group.id, first, text, parts);
    }

    private @Nullable Group find() {
        long key = Group.key(line.shape, line.hash, 0, line.tokens);
        Group group = exact.get(key);
        if (group != null && group.tokens == line.tokens) {
            return group;
        }
        int slot = (int) (key ^ key >>> 32) & memo.length - 1;
        if (memoEpoch[slot] == epoch && memoKey[slot] == key) {
            return memo[slot];
        }
        group = search();
        memoKey[slot] = key;
        memo[slot] = group;
        memoEpoch[slot] = epoch;
        return group;
    }

    /** The group with the fewest wild places that covers the line, the oldest of them; or the list that does. */
    private @Nullable Group search() {
        if (line.tokens == 0) {
            return null;
        }
        Group best = covering(null, wild.get(wildKey(line.shape, line.hash[0])));
        if (line.hash[0] != LineScanner.VARIABLE) {
            best = covering(best, wild.get(wildKey(line.shape, LineScanner.VARIABLE)));
        }
        if (best == null) {
            List<Group> row = lists.get(listKey(line, line.runs()));
            return row != null && row.getFirst().list ? row.getFirst() : null;
        }
        return best;
    }

    private @Nullable Group covering(@Nullable Group so, @Nullable List<Group> candidates) {
        Group best = so;
        if (candidates != null) {
            for (Group group : candidates) {
                if ((best == null
                                || group.wildPlaces < best.wildPlaces
                                || group.wildPlaces == best.wildPlaces && group.id < best.id)
                        && group.covers(line)) {
                    best = group;
                }
            }
        }
        return best;
    }

    private static long wildKey(long shape, long first) {
        return LineScanner.mix(shape * 31 + first);
    }

    /** Identity of the line without the length of its lists. */
    private static long listKey(LineScanner line, Runs runs) {
        long key = 7;
        for (int t = 0; t < line.tokens; t++) {
            if (!runs.further[t]) {
                key = LineScanner.mix(key * 31 + line.hash[t]);
                key = key * 31 + line.gapText(t).hashCode();
            }
        }
        return LineScanner.mix(key * 31 + line.gapText(line.tokens).hashCode());
    }

    private Group learn() {
        epoch++;
        Group group = Group.of(nextId++, line);
        long listKey = listKey(line, group.runs());
        while (groups.size() >= limits.templates() || bytes + group.cost > limits.bytes() && !groups.isEmpty()) {
            evict();
        }
        groups.put(group.id, group);
        bytes += group.cost;
        nursery.add(group);
        young++;
        youngBytes += group.cost;
        index(group);
        group.listKey = listKey;
        List<Group> row = lists.computeIfAbsent(listKey, k -> new ArrayList<>(2));
        row.add(group);
        return becomesList(row) ? toList(List.copyOf(row), listKey) : settle(group);
    }

    /** Whether a list of three was seen, and one of another length; or so many lengths that they can't be told one by one. */
    private static boolean becomesList(List<Group> row) {
        boolean otherLength = false;
        int longest = 0;
        for (Group group : row) {
            otherLength |= group.tokens != row.getFirst().tokens;
            longest = Math.max(longest, group.runs().longest);
        }
        return otherLength && longest >= 3 || row.size() >= LENGTHS;
    }

    /** Makes one list of groups that differ in the length of a run only, the oldest first. */
    private Group toList(List<Group> row, long listKey) {
        Group oldest = row.getFirst();
        Group list = oldest.collapsed(oldest.runs());
        list.kept = oldest.kept;
        replaceInQueue(oldest, list);
        for (Group group : row) {
            unindex(group);
            group.gone = true;
            groups.remove(group.id);
            bytes -= group.cost;
            if (group != oldest) {
                list.count += group.count;
                waitInVain(group);
                note(group.id, oldest.id);
            }
        }
        groups.put(list.id, list);
        bytes += list.cost;
        youngBytes += list.kept ? 0 : list.cost - oldest.cost;
        list.listKey = listKey;
        lists.put(listKey, new ArrayList<>(List.of(list)));
        return list;
    }

    private void replaceInQueue(Group old, Group by) {
        ArrayDeque<Group> queue = old.kept ? kept : nursery;
        ArrayDeque<Group> copy = new ArrayDeque<>(queue.size());
        for (Group group : queue) {
            copy.add(group == old ? by : group);
        }
        queue.clear();
        queue.addAll(copy);
    }

    private void index(Group group) {
        group.indexed = nextIndex++;
        indexAgain(group);
    }

    private void indexAgain(Group group) {
        if (group.list) {
            return;
        }
        exact.put(group.key, group);
        if (group.tokens == 0) {
            return;
        }
        if (group.wildPlaces > 0) {
            wild.computeIfAbsent(wildKey(group.shape, group.hash[0]), k -> new ArrayList<>(2))
                    .add(group);
        }
        for (int third = group.tokens < 3 ? 1 : 0; third < 3; third++) {
            thirds.computeIfAbsent(third(group, third), k -> new ArrayList<>(2)).add(group);
        }
    }

    private void unindex(Group group) {
        epoch++;
        if (group.listKey != 0) {
            take(lists, group.listKey, group);
            group.listKey = 0; // a group with wild places is not taken for a list
        }
        if (group.list) {
            return;
        }
        if (exact.get(group.key) == group) {
            exact.remove(group.key);
        }
        if (group.tokens == 0) {
            return;
        }
        if (group.wildPlaces > 0) {
            take(wild, wildKey(group.shape, group.hash[0]), group);
        }
        for (int third = group.tokens < 3 ? 1 : 0; third < 3; third++) {
            take(thirds, third(group, third), group);
        }
    }

    private static void take(Map<Long, List<Group>> index, long key, Group group) {
        List<Group> row = index.get(key);
        if (row != null) {
            row.remove(group);
            if (row.isEmpty()) {
                index.remove(key);
            }
        }
    }

    /** What groups share that differ outside of this third only. Groups that differ at two places share one third at least. */
    private static long third(Group group, int third) {
        int from = group.tokens * third / 3;
        int to = group.tokens * (third + 1) / 3;
        return LineScanner.mix(Group.key(group.shape, group.hash, from, to) + third + 1);
    }

    /** Merges a group with its family where that has become large enough, until nothing changes. */
    private Group settle(Group start) {
        Group group = start;
        while (group.tokens > 1) {
            Family family = largest(group);
            if (family == null) {
                return group;
            }
            group = merge(group, family);
        }
        return group;
    }

    /** Groups that differ from one at the same one or two places. */
    private static final class Family {
        final int first;
        /** -1 if they differ at one place. */
        final int second;

        final List<Group> members = new ArrayList<>(4);
        int weight;

        Family(int first, int second) {
            this.first = first;
            this.second = second;
        }
    }

    private @Nullable Family largest(Group group) {
        Map<Long, Family> families = new LinkedHashMap<>();
        Set<Long> seen = new HashSet<>();
        for (int third = group.tokens < 3 ? 1 : 0; third < 3; third++) {
            List<Group> row = thirds.get(third(group, third));
            if (row == null) {
                continue;
            }
            for (int i = row.size() - 1; i >= Math.max(0, row.size() - COMPARED); i--) {
                Group other = row.get(i);
                if (other == group) {
                    continue;
                }
                long places = group.difference(other);
                if (places <= 0 || !seen.add(other.id)) {
                    continue;
                }
                int first = (int) places - 1;
                int second = (int) (places >> 32) - 1;
                Family family = families.computeIfAbsent(places, p -> new Family(first, second));
                family.members.add(other);
                family.weight += second < 0
                        ? Math.max(weight(other, first), kin(group, other, first))
                        : Math.min(pairWeight(group, other, first), pairWeight(group, other, second));
            }
        }
        Family largest = null;
        for (Family family : families.values()) {
            family.weight += family.second < 0
                    ? weight(group, family.first)
                    : Math.min(weight(group, family.first), weight(group, family.second));
            if (family.weight >= ENOUGH
                    && (largest == null || family.weight > largest.weight)
                    && anchored(group, family.first, family.second)) {
                largest = family;
            }
        }
        return largest;
    }

    /** Of two places that vary together, words say nothing: two words in a row are more often another sentence. */
    private static int pairWeight(Group group, Group other, int t) {
        boolean word = other.words[t] != null && other.look[t] <= LineScanner.CAPITALS && !other.value[t];
        return Math.max(word ? 0 : weight(other, t), kin(group, other, t));
    }

    /** What names of things look like, and what else may stand in the place of such a name. */
    private static final int NAMES = 1 << PartType.ID.ordinal();

    private static final int ADDRESSES = 1 << PartType.ADDRESS.ordinal();

    /**
     * {@link #ENOUGH} for a word where others have a variable part, if it may be one of them: node7 beside node1234, a name with
     * dots or without beside hosts.
     */
    private static int kin(Group a, Group b, int t) {
        if (t == 0 || (a.words[t] == null) == (b.words[t] == null)) {
            return 0;
        }
        int types = a.words[t] == null ? a.types[t] : b.types[t];
        byte look = a.words[t] == null ? b.look[t] : a.look[t];
        boolean kin = (types & NAMES) != 0 && (look == LineScanner.ALNUM || look == LineScanner.SNAKE)
                || (types & ADDRESSES) != 0 && look != LineScanner.CAPITALS && look != LineScanner.UNIT;
        return kin ? ENOUGH : 0;
    }

    /**
     * How much a word says for its place being variable; {@link #ENOUGH} together make it so. A set of constants has few
     * members, and its members are words. Words that begin a line are what the line is about.
     */
    private static int weight(Group group, int t) {
        if (group.wild[t]) {
            return ENOUGH;
        }
        if (group.words[t] == null) {
            return 6;
        }
        if (t == 0 && group.look[0] < LineScanner.SNAKE) {
            return 1;
        }
        int weight = switch (group.look[t]) {
            case LineScanner.UNIT -> 12;
            case LineScanner.DOTTED, LineScanner.SNAKE -> 8;
            case LineScanner.ALNUM -> 6;
            default -> group.value[t] ? 6 : 3;
        };
        return t == 0 ? weight / 2 : weight;
    }

    /** Whether words are left when places become wild: otherwise anything of that length would be one group. */
    private static boolean anchored(Group group, int first, int second) {
        int letters = 0;
        for (int t = 0; t < group.tokens; t++) {
            String word = group.words[t];
            if (t != first && t != second && word != null) {
                letters += word.length();
            }
        }
        return letters >= (second < 0 ? 4 : 8);
    }

    private Group merge(Group group, Family family) {
        Group survivor = group;
        for (Group other : family.members) {
            if (other.id < survivor.id) {
                survivor = other;
            }
        }
        unindex(survivor);
        survivor.free(family.first);
        if (family.second >= 0) {
            survivor.free(family.second);
        }
        if (survivor != group) {
            swallow(survivor, group);
        }
        for (Group other : family.members) {
            if (other != survivor) {
                swallow(survivor, other);
            }
        }
        survivor.key = Group.key(survivor.shape, survivor.hash, 0, survivor.tokens);
        Group same = exact.get(survivor.key);
        if (same != null && same != survivor && same.tokens == survivor.tokens) {
            if (same.id < survivor.id) {
                Group older = same;
                unindex(older);
                for (int t = 0; t < older.tokens; t++) {
                    if (survivor.wild[t]) {
                        older.free(t);
                    }
                }
                swallow(older, survivor);
                survivor = older;
            } else {
                swallow(survivor, same);
            }
        }
        index(survivor);
        return survivor;
    }

    private void swallow(Group survivor, Group other) {
        unindex(other);
        survivor.absorb(other);
        other.gone = true;
        groups.remove(other.id);
        bytes -= other.cost;
        waitInVain(other);
        note(other.id, survivor.id);
    }

    /** A group that was merged stays in its queue for a while, as a look for it takes long; not when those take up memory. */
    private void waitInVain(Group group) {
        if (!group.kept) {
            young--;
            youngBytes -= group.cost;
        }
        goneBytes += group.cost;
        if (goneBytes > limits.bytes() / 16) {
            nursery.removeIf(waiting -> waiting.gone);
            kept.removeIf(waiting -> waiting.gone);
            goneBytes = 0;
        }
    }

    private void note(long from, long to) {
        merged.put(from, to);
        if (merged.size() > limits.merges()) {
            Iterator<Long> oldest = merged.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    private void evict() {
        int nurserySize = Math.max(8, limits.templates() / 10);
        if (young >= nurserySize || youngBytes > limits.bytes() / 10 || young == groups.size()) {
            Group group = oldest(nursery);
            young--;
            youngBytes -= group.cost;
            if (group.hits > 1) {
                group.kept = true;
                group.hits = 0;
                kept.add(group);
            } else {
                forget(group);
            }
            return;
        }
        Group group = oldest(kept);
        if (group.hits > 0) {
            group.hits--;
            kept.add(group);
        } else {
            forget(group);
        }
    }

    private Group oldest(ArrayDeque<Group> queue) {
        Group group = queue.remove();
        while (group.gone) {
            goneBytes -= group.cost;
            group = queue.remove();
        }
        return group;
    }

    private void forget(Group group) {
        unindex(group);
        group.gone = true;
        groups.remove(group.id);
        bytes -= group.cost;
    }

    /** The whole state; {@link #restore} makes a miner of it that goes on as this one would. */
    public byte[] snapshot() {
        ByteWriter out = new ByteWriter();
        out.int1(FORMAT);
        out.int4(limits.templates());
        out.int4(limits.merges());
        out.int4(limits.tokens());
        out.int4(limits.characters());
        out.int8(limits.bytes());
        out.int8(nextId);
        out.int8(nextIndex);
        List<Group> all = new ArrayList<>(groups.values());
        all.sort(Comparator.comparingLong(group -> group.id));
        out.int4(all.size());
        for (Group group : all) {
            group.write(out);
        }
        write(out, nursery);
        write(out, kept);
        out.int4(merged.size());
        merged.forEach((from, to) -> {
            out.int8(from);
            out.int8(to);
        });
        return out.toBytes();
    }

    private static void write(ByteWriter out, ArrayDeque<Group> queue) {
        int live = 0;
        for (Group group : queue) {
            live += group.gone ? 0 : 1;
        }
        out.int4(live);
        for (Group group : queue) {
            if (!group.gone) {
                out.int8(group.id);
            }
        }
    }

    /**
     * The miner that a snapshot was taken of.
     *
     * @throws IllegalArgumentException if the bytes are of another format or damaged
     */
    public static TemplateMiner restore(byte[] snapshot) {
        return ByteReader.whole(snapshot, TemplateMiner::read);
    }

    private static TemplateMiner read(ByteReader in) {
        int format = in.int1();
        if (format != FORMAT) {
            throw new IllegalArgumentException("snapshot of format " + format + ", known is " + FORMAT);
        }
        TemplateMiner miner = new TemplateMiner(new Limits(in.int4(), in.int4(), in.int4(), in.int4(), in.int8()));
        miner.nextId = in.int8();
        miner.nextIndex = in.int8();
        List<Group> all = new ArrayList<>();
        int count = in.count4(Group.LEAST);
        long before = 0;
        for (int i = 0; i < count; i++) {
            Group group = Group.read(in, miner.limits.tokens() + 1);
            if (group.id <= before || group.id >= miner.nextId) {
                throw new IllegalArgumentException("group " + group.id + " behind " + before);
            }
            before = group.id;
            all.add(group);
            miner.groups.put(group.id, group);
            miner.young += group.kept ? 0 : 1;
            miner.youngBytes += group.kept ? 0 : group.cost;
            miner.bytes += group.cost;
            if (group.listKey != 0) {
                miner.lists
                        .computeIfAbsent(group.listKey, k -> new ArrayList<>(2))
                        .add(group);
            }
        }
        all.sort(Comparator.comparingLong(group -> group.indexed));
        all.forEach(miner::indexAgain);
        miner.read(in, miner.nursery, false);
        miner.read(in, miner.kept, true);
        int merges = in.count4(16);
        for (int i = 0; i < merges; i++) {
            long from = in.int8();
            long to = in.int8();
            if (to >= from) {
                // Merges keep the oldest, and so no id leads back to itself.
                throw new IllegalArgumentException("template " + from + " went into " + to);
            }
            miner.merged.put(from, to);
        }
        return miner;
    }

    /** Each group stands in one of the queues, once. */
    private void read(ByteReader in, ArrayDeque<Group> queue, boolean ofKept) {
        int count = in.count4(8);
        Set<Long> ids = new HashSet<>();
        for (int i = 0; i < count; i++) {
            long id = in.int8();
            Group group = groups.get(id);
            if (group == null || group.kept != ofKept || !ids.add(id)) {
                throw new IllegalArgumentException("snapshot names a group " + id + " that it doesn't hold");
            }
            queue.add(group);
        }
        if (count != (ofKept ? groups.size() - young : young)) {
            throw new IllegalArgumentException(count + " groups wait, there are others");
        }
    }
}
