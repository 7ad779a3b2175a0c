package dev.devmentor.pbml.engine.embedding;

/**
 * Makes of a text of developers (an error, a line of a log, a title, a note, a name, a path) 384 numbers whose cosine says how
 * alike two texts are. Nothing is learnt and nothing depends on other texts: the same text gives the same bits in the JVM and
 * in a native executable, today and in a year, as long as {@link #MODEL} is the same. Thread-safe.
 *
 * <ol>
 *   <li>{@link Words} cuts: words of camel case and snake case, stems, what is variable by its looks, names in quotes and
 *       folders of paths with little weight.
 *   <li>{@link Vocabulary} weighs: what stands in every text says little (as the smooth inverse frequency of Arora, Liang and Ma,
 *       ICLR 2017, with classes of words instead of frequencies). Phrases that mean the same are one concept.
 *   <li>A word is itself and its character n-grams (Bojanowski et al., TACL 2017), so that words not known are still alike;
 *       neighbouring words are a feature too. What comes n times counts √n.
 *   <li>Each feature is added to four of the 384 numbers with signs, all taken from its hash: feature hashing (Weinberger et
 *       al., ICML 2009) with several places, a sparse random projection (Achlioptas 2003; Kane and Nelson 2014).
 * </ol>
 *
 * <p>Of a text of more than {@link #MOST_CHARACTERS} the first three quarters and the last quarter of that many are read: a
 * trace says what happened at one of its ends.
 */
public final class Embedder {

    /** Goes with every stored embedding: others can't be compared with it. */
    public static final String MODEL = "devmentor-hash-384/1";

    /** How many numbers an embedding has. */
    public static final int DIMENSION = 384;

    /** How much of a text is read: UTF-16 units. */
    public static final int MOST_CHARACTERS = 65_536;

    private static final int SHORTEST_GRAM = 3;
    private static final int LONGEST_GRAM = 5;
    /** Of what a word weighs: its n-grams together. */
    private static final double GRAMS = .6;

    /** What has more than any text that people write, as base64 has, is told apart by whole words from there on. */
    private static final int MOST_GRAMS = 32_768;

    private static final long GRAM = 0x9e3779b97f4a7c15L;

    /** The embedding of a text of any length and any characters. */
    public Embedding embed(CharSequence text) {
        Features features = Words.of(Folding.fold(text));
        double[] sums = new double[DIMENSION];
        int grams = 0;
        for (int i = 0; i < features.size(); i++) {
            double weight = features.weight(i);
            add(sums, features.hash(i), weight);
            String word = features.word(i);
            if (word != null && (grams += grams(word)) <= MOST_GRAMS) {
                addGrams(sums, word, GRAMS * weight);
            }
        }
        return Embedding.normalised(sums);
    }

    /** All n-grams of the word between a start and an end mark; together as long as the weight. */
    private static void addGrams(double[] sums, String word, double weight) {
        int length = word.length() + 2;
        int count = grams(word);
        double each = weight / Math.sqrt(count); // a word has a character at least, so there is one
        for (int from = 0; from + SHORTEST_GRAM <= length; from++) {
            long hash = GRAM;
            int most = Math.min(LONGEST_GRAM, length - from);
            for (int n = 1; n <= most; n++) {
                hash = Hash.next(hash, marked(word, from + n - 1));
                if (n >= SHORTEST_GRAM) {
                    add(sums, Hash.mixed(hash), each);
                }
            }
        }
    }

    private static int grams(String word) {
        int count = 0;
        for (int n = SHORTEST_GRAM; n <= LONGEST_GRAM; n++) {
            count += Math.max(0, word.length() + 2 - n + 1);
        }
        return count;
    }

    private static char marked(String word, int i) {
        return i == 0 ? '<' : i > word.length() ? '>' : word.charAt(i - 1);
    }

    /** Sixteen bits of the hash for each of the four places: one for the sign, fifteen for the place. */
    private static void add(double[] sums, long hash, double weight) {
        for (int shift = 0; shift < 64; shift += 16) {
            int bits = (int) (hash >>> shift);
            int place = (bits & 0x7fff) * DIMENSION >>> 15;
            sums[place] += (bits & 0x8000) == 0 ? weight : -weight;
        }
    }
}
