package dev.devmentor.pbml.engine.sequence;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import dev.devmentor.deterministic.DeterministicMath;
import dev.devmentor.pbml.engine.sequence.SequenceStore.Stored;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Learns sequences of symbols as they come and predicts what comes next, or how a sequence ends. Several models look at the
 * same window ({@link SequenceModel}); a {@link LogLinearPool} learns from recent log losses what each of them is worth.
 * Everything is counted before it is known who was right: each observation is predicted first and learned afterwards.
 *
 * <p>If the question is how sequences end, there is only one such observation in a sequence. Therefore a stored sequence is
 * rehearsed beside each new one: taken out of all counts, predicted, and put back.
 *
 * <p>The same calls give the same state, byte for byte, and memory is bounded by {@link SequenceLimits}. Not safe for use by
 * several threads.
 */
public final class SequenceMixture {

    private static final int VERSION = 1;

    private static final int ORDERS = 5;
    private static final int ORDERS_OF_ENDINGS = 3;

    /** Part of a neighbours' vote that is left for what none of them did. */
    private static final double DOUBT = 0.1;

    /** Part of the sum of all shares that is left. */
    private static final double DOUBT_IN_SHARES = 0.05;

    /** The pool learns from so many observations one by one, later from each {@link #STRIDE}th: it is dear, and slow to change. */
    private static final int APPRENTICESHIP = 1_000;

    private static final int STRIDE = 8;

    /** Rehearsing begins when there is something to rehearse against. */
    private static final int REHEARSED_FROM = 100;

    /** What an observation leaves of what was known about the reach of the candidates. */
    private static final double MEMORY_OF_REACH = 0.999;

    private final SequenceQuestion question;
    private final SequenceLimits limits;

    private final ContextModel everywhere;
    private final ContextModel endings;
    private final SequenceStore store;
    private final Neighbours neighbours;
    private final EvidenceSearch evidence;
    private final Candidates candidates;
    private final LogLinearPool pool;
    private final Map<Long, Running> running = new LinkedHashMap<>(); // the one that waited longest first

    private final int[] placeOf; // of the features, see Feature
    private final int features;

    // how often what came was among the candidates, by the longest known context, and how many different symbols come
    private final double[] reached = new double[ORDERS + 1];
    private final double[] asked = new double[ORDERS + 1];
    private double spread;
    private long observations;
    private long rehearsals;

    private final double[] base = new double[Candidates.KEPT];
    private final double[] baseOfEnds = new double[Candidates.KEPT];
    private final int[] came;
    private final int[] distinct;
    private final BitSet taken = new BitSet();

    /** Groups of features, in the order in which they stand in a row. */
    private enum Feature {
        POPULARITY,
        CONTEXTS,
        REPEATED,
        SHARES,
        FOLLOWING,
        REMAINING,
        END,
        END_CONTEXTS,
        ENDING
    }

    /** An engine that knows nothing yet, with {@link SequenceLimits#DEFAULT}. */
    public SequenceMixture(SequenceQuestion question) {
        this(question, SequenceLimits.DEFAULT);
    }

    /** An engine that knows nothing yet. */
    public SequenceMixture(SequenceQuestion question, SequenceLimits limits) {
        this.question = question;
        this.limits = limits;
        everywhere = new ContextModel(question.window(), ORDERS, question.window(), limits.transitions());
        endings = new ContextModel(question.window(), ORDERS_OF_ENDINGS, question.window(), limits.transitions());
        store = new SequenceStore(limits.sequences(), limits.storedSymbols());
        neighbours = new Neighbours(store, question.horizon());
        evidence = new EvidenceSearch(store, question);
        placeOf = new int[Feature.values().length];
        int size = 0;
        for (Feature feature : Feature.values()) {
            placeOf[feature.ordinal()] = size;
            size += switch (feature) {
                case CONTEXTS -> everywhere.ratios();
                case END, ENDING -> question.last() ? 1 : 0;
                case END_CONTEXTS -> question.last() ? endings.ratios() : 0;
                default -> 1;
            };
        }
        features = size;
        candidates = new Candidates(features);
        pool = new LogLinearPool(features);
        came = new int[question.horizon()];
        distinct = new int[question.horizon()];
        spread = question.horizon();
    }

    /** What this engine is asked. */
    public SequenceQuestion question() {
        return question;
    }

    /**
     * Learns a whole sequence.
     *
     * @param id what its giver knows it by; it comes back as evidence
     * @param symbols from {@link Alphabet#OTHER} to one less than the limit
     * @throws IllegalArgumentException if a sequence of this id runs, or a symbol is out of bounds
     */
    public void learn(long id, int[] symbols) {
        if (running.containsKey(id)) {
            throw new IllegalArgumentException("sequence " + id + " runs; it cannot be learned as a whole");
        }
        for (int symbol : symbols) {
            check(symbol);
        }
        Running sequence = new Running();
        for (int symbol : symbols) {
            append(id, sequence, symbol);
        }
        close(id, sequence);
    }

    /**
     * The next symbol of a running sequence, which begins with its first one. If the question is what comes next, it is
     * learned at once; it becomes evidence when the sequence is closed.
     */
    public void observe(long id, int symbol) {
        check(symbol);
        Running sequence = running.remove(id);
        if (sequence == null) {
            if (running.size() == limits.running()) {
                close(running.keySet().iterator().next());
            }
            sequence = new Running();
        }
        running.put(id, sequence);
        append(id, sequence, symbol);
    }

    /** Ends a running sequence; nothing happens if none of this id runs. */
    public void close(long id) {
        Running sequence = running.remove(id);
        if (sequence != null) {
            close(id, sequence);
        }
    }

    private void check(int symbol) {
        if (symbol < 0 || symbol >= limits.symbols()) {
            throw new IllegalArgumentException("symbol " + symbol + " is not within 0 to " + (limits.symbols() - 1));
        }
    }

    private void append(long id, Running sequence, int symbol) {
        int horizon = question.horizon();
        sequence.add(symbol);
        if (question.last()) {
            if (sequence.size() == 2 * limits.length()) {
                countBeginning(sequence);
            }
            return;
        }
        int position = sequence.size() - horizon;
        if (position >= sequence.counted()) {
            if (position > 0) {
                if (observations < APPRENTICESHIP || observations % STRIDE == 0) {
                    observe(sequence.symbols(), position, horizon, -1);
                }
                observations++;
            }
            count(sequence.symbols(), position, horizon, false);
            sequence.countedTo(position + 1);
        }
        if (sequence.size() - sequence.carried() == limits.length()) {
            store.add(id, sequence.own());
            sequence.carry(question.window() + horizon);
            forgetIfFull();
        }
    }

    /** Counts what cannot be the end of a sequence any more, and lets go of it. */
    private void countBeginning(Running sequence) {
        for (int position = sequence.counted(); position < limits.length(); position++) {
            count(sequence.symbols(), position, question.horizon(), false);
        }
        sequence.countedTo(limits.length());
        sequence.drop(limits.length() - question.window());
        forgetIfFull();
    }

    private void close(long id, Running sequence) {
        int[] symbols = sequence.symbols();
        int size = sequence.size();
        int horizon = question.horizon();
        int ending = size - horizon;
        if (question.last()) {
            if (ending > 0) {
                observe(symbols, ending, horizon, -1);
            }
            rehearse();
        }
        for (int position = sequence.counted(); position < size; position++) {
            count(symbols, position, Math.min(horizon, size - position), question.last() && position == ending);
        }
        if (size > sequence.carried()) {
            int[] own = sequence.own();
            store.add(
                    id,
                    own.length > limits.length()
                            ? Arrays.copyOfRange(own, own.length - limits.length(), own.length)
                            : own);
        }
        forgetIfFull();
    }

    private void forgetIfFull() {
        everywhere.counts().forgetIfFull();
        endings.counts().forgetIfFull();
    }

    /** Counts what came at a position, or soon after. */
    private void count(int[] symbols, int position, int horizon, boolean end) {
        int different = distinct(symbols, position, horizon);
        everywhere.count(symbols, position, distinct, different);
        if (end) {
            endings.count(symbols, position, distinct, different);
        }
    }

    /** Lists the different symbols that came; {@link Alphabet#OTHER} is nobody's prediction. */
    private int distinct(int[] symbols, int position, int horizon) {
        int size = 0;
        for (int i = position; i < position + horizon; i++) {
            int symbol = symbols[i];
            boolean known = symbol == Alphabet.OTHER;
            for (int j = 0; j < size; j++) {
                known |= distinct[j] == symbol;
            }
            if (!known) {
                distinct[size++] = symbol;
            }
        }
        return size;
    }

    /** Predicts what came at a position, and learns which of the models were right. */
    private void observe(int[] symbols, int position, int horizon, int without) {
        rate(symbols, position, without);
        int different = distinct(symbols, position, horizon);
        int found = 0;
        for (int i = 0; i < different; i++) {
            int index = candidates.indexOf(distinct[i]);
            if (index >= 0) {
                came[found++] = index;
            }
        }
        if (different > 0) {
            int situation = everywhere.longest();
            reached[situation] = reached[situation] * MEMORY_OF_REACH + (double) found / different;
            asked[situation] = asked[situation] * MEMORY_OF_REACH + 1;
            spread += (different - spread) * (1 - MEMORY_OF_REACH);
        }
        if (found > 0) {
            pool.predict(candidates);
            pool.learn(candidates, came, found);
        }
    }

    /** Asks for the end of a stored sequence as if it had never been seen. */
    private void rehearse() {
        if (store.size() < REHEARSED_FROM) {
            return;
        }
        long mixed = (++rehearsals) * 0x9e3779b97f4a7c15L; // steps of the golden ratio visit all, evenly
        int serial = store.first() + (int) Math.multiplyHigh(mixed >>> 1, (long) store.size() << 1);
        Stored sequence = store.get(serial);
        int[] symbols = sequence.symbols();
        int ending = symbols.length - question.horizon();
        if (ending <= 0) {
            return;
        }
        taken.clear();
        int at = 0;
        for (int position = 0; position < symbols.length; position++) {
            int different = distinct(symbols, position, Math.min(question.horizon(), symbols.length - position));
            at = everywhere.takeBack(symbols, position, distinct, different, taken, at);
            if (position == ending) {
                at = endings.takeBack(symbols, position, distinct, different, taken, at);
            }
        }
        observe(symbols, ending, question.horizon(), serial);
        at = 0;
        for (int position = 0; position < symbols.length; position++) {
            int different = distinct(symbols, position, Math.min(question.horizon(), symbols.length - position));
            at = everywhere.giveBack(symbols, position, distinct, different, taken, at);
            if (position == ending) {
                at = endings.giveBack(symbols, position, distinct, different, taken, at);
            }
        }
    }

    /** Finds candidates for a position and fills in their features. */
    private void rate(int[] symbols, int position, int without) {
        int from = Math.max(0, position - question.window());
        candidates.clear();
        everywhere.locate(symbols, position);
        everywhere.nominate(candidates);
        neighbours.ask(symbols, from, position, without);
        neighbours.following.nominate(candidates);
        neighbours.remaining.nominate(candidates);
        if (question.last()) {
            endings.locate(symbols, position);
            endings.nominate(candidates);
            neighbours.ending.nominate(candidates);
        }
        candidates.choose();
        double shares = 0;
        for (int i = 0; i < candidates.size(); i++) {
            shares += candidates.promise(i);
        }
        for (int i = 0; i < candidates.size(); i++) {
            rate(i, symbols, from, position, shares);
        }
        everywhere.rate(candidates, base, at(Feature.CONTEXTS));
        if (question.last()) {
            endings.rate(candidates, baseOfEnds, at(Feature.END_CONTEXTS));
        }
    }

    private void rate(int index, int[] symbols, int from, int position, double shares) {
        int symbol = candidates.symbol(index);
        double[] row = candidates.row(index);
        // half an observation for every symbol, and for one that nobody has seen
        double popularity =
                (everywhere.frequency(symbol) + 0.5) / (everywhere.total() + 0.5 * (everywhere.distinct() + 1));
        base[index] = popularity;
        row[at(Feature.POPULARITY)] = DeterministicMath.log(popularity);
        row[at(Feature.REPEATED)] = contains(symbols, from, position, symbol) ? 1 : 0;
        row[at(Feature.SHARES)] = raised(candidates.promise(index) / shares, DOUBT_IN_SHARES, popularity);
        row[at(Feature.FOLLOWING)] = raised(neighbours.following, symbol, popularity);
        row[at(Feature.REMAINING)] = raised(neighbours.remaining, symbol, popularity);
        if (question.last()) {
            // as if two ends had been seen before, of symbols as frequent as they are anywhere
            baseOfEnds[index] = (endings.frequency(symbol) + 2 * popularity) / (endings.total() + 2.0);
            row[at(Feature.END)] = DeterministicMath.log(baseOfEnds[index] / popularity);
            row[at(Feature.ENDING)] = raised(neighbours.ending, symbol, baseOfEnds[index]);
        }
    }

    private static boolean contains(int[] symbols, int from, int to, int symbol) {
        for (int i = from; i < to; i++) {
            if (symbols[i] == symbol) {
                return true;
            }
        }
        return false;
    }

    private int at(Feature feature) {
        return placeOf[feature.ordinal()];
    }

    private static double raised(Votes votes, int symbol, double base) {
        return votes.isEmpty() ? 0 : raised(votes.share(symbol), DOUBT, base);
    }

    private static double raised(double share, double doubt, double base) {
        return DeterministicMath.log(((1 - doubt) * share + doubt * base) / base);
    }

    /**
     * The most probable symbols, the best first; among equals the smaller number first.
     *
     * @param context what came so far; as much of its end as the question's window is looked at
     * @param limit how many at most
     * @return with probabilities that, at a horizon of 1, sum to less than 1 by the probability of what is not listed
     */
    public List<Prediction> predict(int[] context, int limit) {
        for (int symbol : context) {
            check(symbol);
        }
        rate(context, context.length, -1);
        pool.predict(candidates);
        return best(context, context.length, limit, reach());
    }

    /** The same for what a running sequence has been so far; empty if none of this id runs. */
    public List<Prediction> predict(long id, int limit) {
        Running sequence = running.get(id);
        return sequence == null ? List.of() : predict(Arrays.copyOf(sequence.symbols(), sequence.size()), limit);
    }

    /**
     * What one of the models says alone.
     *
     * @return as {@link #predict(int[], int)}; probabilities among the candidates, not calibrated
     */
    public List<Prediction> predict(SequenceModel model, int[] context, int limit) {
        for (int symbol : context) {
            check(symbol);
        }
        rate(context, context.length, -1);
        double[] score = candidates.probability();
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < candidates.size(); i++) {
            score[i] = alone(model, candidates.row(i));
            highest = Math.max(highest, score[i]);
        }
        LogLinearPool.normalise(score, candidates.size(), highest);
        return best(context, context.length, limit, 1);
    }

    private double alone(SequenceModel model, double[] row) {
        int contexts = at(Feature.CONTEXTS);
        double popularity = row[at(Feature.POPULARITY)];
        return popularity
                + switch (model) {
                    case POPULARITY -> 0;
                    case MARKOV -> row[contexts];
                    case BACK_OFF -> sum(row, contexts, ORDERS);
                    case SKIPS ->
                        row[contexts] + sum(row, contexts + everywhere.firstDistance(), everywhere.distances());
                    case CO_OCCURRENCE -> row[contexts + everywhere.coOccurrence()];
                    case NEIGHBOURS -> row[at(Feature.REMAINING)];
                    case ENDINGS ->
                        question.last()
                                ? row[at(Feature.END)] + sum(row, at(Feature.END_CONTEXTS), ORDERS_OF_ENDINGS)
                                : 0;
                };
    }

    private static double sum(double[] row, int from, int size) {
        double sum = 0;
        for (int i = from; i < from + size; i++) {
            sum += row[i];
        }
        return sum;
    }

    /** The probability that what comes is among the candidates; as if it had been so once and not so once. */
    private double reach() {
        int situation = everywhere.longest();
        return (reached[situation] + 1) / (asked[situation] + 2);
    }

    private List<Prediction> best(int[] context, int position, int limit, double reach) {
        double[] probability = candidates.probability();
        double scale = reach * spread;
        return IntStream.range(0, candidates.size())
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> -probability[i])
                        .thenComparingInt(candidates::symbol))
                .limit(limit)
                .map(i -> new Prediction(
                        candidates.symbol(i),
                        Math.min(1, probability[i] * scale),
                        evidence.find(context, position, candidates.symbol(i))))
                .toList();
    }

    /** How many contexts with a follower are counted; never more than the limits say, once a sequence is closed. */
    public int transitions() {
        return everywhere.counts().size() + endings.counts().size();
    }

    /** How many sequences are stored. */
    public int sequences() {
        return store.size();
    }

    /** State as bytes. A restored engine goes on exactly as this one does. */
    public byte[] snapshot() {
        ByteWriter out = new ByteWriter();
        out.int1(VERSION);
        out.int1(question.horizon());
        out.int1(question.window());
        out.bool(question.last());
        out.varint(limits.transitions());
        out.varint(limits.sequences());
        out.varint(limits.storedSymbols());
        out.varint(limits.length());
        out.varint(limits.running());
        out.varint(limits.symbols());
        everywhere.write(out);
        endings.write(out);
        store.write(out);
        pool.write(out);
        for (int i = 0; i <= ORDERS; i++) {
            out.float8(reached[i]);
            out.float8(asked[i]);
        }
        out.float8(spread);
        out.varint(observations);
        out.varint(rehearsals);
        out.varint(running.size());
        running.forEach((id, sequence) -> {
            out.int8(id);
            sequence.write(out);
        });
        return out.toBytes();
    }

    /**
     * The engine that wrote a snapshot.
     *
     * @throws IllegalArgumentException if it was written in another version or is damaged
     */
    public static SequenceMixture restore(byte[] snapshot) {
        return ByteReader.whole(snapshot, SequenceMixture::read);
    }

    private static SequenceMixture read(ByteReader in) {
        int version = in.int1();
        if (version != VERSION) {
            throw new IllegalArgumentException("a snapshot of version " + version);
        }
        SequenceQuestion question = new SequenceQuestion(in.int1(), in.int1(), in.bool());
        SequenceLimits limits = new SequenceLimits(
                Math.toIntExact(in.varint()),
                Math.toIntExact(in.varint()),
                Math.toIntExact(in.varint()),
                Math.toIntExact(in.varint()),
                Math.toIntExact(in.varint()),
                Math.toIntExact(in.varint()));
        SequenceMixture mixture = new SequenceMixture(question, limits);
        mixture.everywhere.read(in, limits.symbols());
        mixture.endings.read(in, limits.symbols());
        mixture.store.read(in, limits.symbols());
        mixture.pool.read(in);
        for (int i = 0; i <= ORDERS; i++) {
            mixture.reached[i] = in.finite8();
            mixture.asked[i] = in.finite8();
        }
        mixture.spread = in.finite8();
        mixture.observations = in.varint();
        mixture.rehearsals = in.varint();
        int size = in.count(11);
        if (size > limits.running()) {
            throw new IllegalArgumentException(size + " sequences run");
        }
        for (int i = 0; i < size; i++) {
            mixture.running.put(in.int8(), Running.read(in, limits.symbols()));
        }
        return mixture;
    }
}
