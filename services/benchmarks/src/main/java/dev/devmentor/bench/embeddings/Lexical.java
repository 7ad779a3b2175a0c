package dev.devmentor.bench.embeddings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Words weighted by how rare they are among the texts of the pool, without any loss by dimensions. */
enum Lexical implements Peer {
    /** Cosine of (1 + ln tf) · ln((1 + N) / (1 + df)) + 1, as in Manning, Raghavan and Schütze 2008, smoothed. */
    TF_IDF,
    /** Robertson and Zaragoza 2009, with the k1 = 1.2, b = .75 that are usual. */
    BM25;

    private static final double K1 = 1.2;
    private static final double B = .75;

    private record Posting(int text, double weight) {}

    @Override
    public String title() {
        return this == TF_IDF ? "TF-IDF cosine" : "BM25";
    }

    @Override
    public Scorer over(List<String> texts) {
        List<Map<String, Integer>> counts = texts.stream().map(Lexical::counts).toList();
        Map<String, Integer> frequency = new HashMap<>();
        counts.forEach(words -> words.keySet().forEach(word -> frequency.merge(word, 1, Integer::sum)));
        double average =
                Math.max(1, counts.stream().mapToInt(Lexical::length).average().orElse(1));
        Map<String, List<Posting>> postings = new HashMap<>();
        for (int i = 0; i < counts.size(); i++) {
            Map<String, Integer> words = counts.get(i);
            double norm = norm(words, frequency, texts.size());
            double length = length(words);
            for (Map.Entry<String, Integer> word : words.entrySet()) {
                double tf = word.getValue();
                double weight = this == TF_IDF
                        ? (1 + Math.log(tf)) * idf(word.getKey(), frequency, texts.size()) / norm
                        : tf * (K1 + 1) / (tf + K1 * (1 - B + B * length / average));
                postings.computeIfAbsent(word.getKey(), key -> new ArrayList<>())
                        .add(new Posting(i, weight));
            }
        }
        return query -> {
            double[] scores = new double[texts.size()];
            counts(query).forEach((word, count) -> {
                double asked = idf(word, frequency, texts.size()) * (this == TF_IDF ? 1 + Math.log(count) : 1);
                for (Posting posting : postings.getOrDefault(word, List.of())) {
                    scores[posting.text()] += asked * posting.weight();
                }
            });
            return scores;
        };
    }

    private double idf(String word, Map<String, Integer> frequency, int texts) {
        int df = frequency.getOrDefault(word, 0);
        return this == TF_IDF ? Math.log((1.0 + texts) / (1.0 + df)) + 1 : Math.log(1 + (texts - df + .5) / (df + .5));
    }

    private double norm(Map<String, Integer> words, Map<String, Integer> frequency, int texts) {
        double squares = 0;
        for (Map.Entry<String, Integer> word : words.entrySet()) {
            double weight = (1 + Math.log(word.getValue())) * idf(word.getKey(), frequency, texts);
            squares += weight * weight;
        }
        return squares > 0 ? Math.sqrt(squares) : 1;
    }

    private static Map<String, Integer> counts(String text) {
        Map<String, Integer> counts = new HashMap<>();
        Tokens.of(text).forEach(token -> counts.merge(token, 1, Integer::sum));
        return counts;
    }

    private static int length(Map<String, Integer> words) {
        return words.values().stream().mapToInt(Integer::intValue).sum();
    }
}
