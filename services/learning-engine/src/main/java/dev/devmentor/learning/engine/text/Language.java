package dev.devmentor.learning.engine.text;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A language that texts are read in: its small words, and how its questions are worded. */
public enum Language {
    ENGLISH(Words.ENGLISH_STOP, Words.ENGLISH_VERBS, Words.ENGLISH_VAGUE, Words.ENGLISH_POINTING),
    GERMAN(Words.GERMAN_STOP, Words.GERMAN_VERBS, Words.GERMAN_VAGUE, Words.GERMAN_POINTING);

    private final Set<String> stop;
    private final Set<String> verbs;
    private final Set<String> vague;
    private final Set<String> pointing;

    Language(Set<String> stop, Set<String> verbs, Set<String> vague, Set<String> pointing) {
        this.stop = stop;
        this.verbs = verbs;
        this.vague = vague;
        this.pointing = pointing;
    }

    /** The language whose small words are the more frequent ones; English where neither is. */
    static Language of(List<Sentence> sentences) {
        int english = 0;
        int german = 0;
        for (Sentence sentence : sentences) {
            for (Token token : sentence.tokens()) {
                if (token.isWord()) {
                    String word = token.text().toLowerCase(Locale.ROOT);
                    english += Words.ENGLISH_STOP.contains(word) ? 1 : 0;
                    german += Words.GERMAN_STOP.contains(word) ? 1 : 0;
                }
            }
        }
        return german > english ? GERMAN : ENGLISH;
    }

    /** A word that carries grammar and no subject. */
    boolean isStop(String word) {
        return stop.contains(word.toLowerCase(Locale.ROOT));
    }

    /** A usual verb in a form that stands between two nouns. */
    boolean isVerb(String word) {
        return verbs.contains(word.toLowerCase(Locale.ROOT));
    }

    /** A noun that says too little to be asked for. */
    boolean isVague(String word) {
        return vague.contains(word.toLowerCase(Locale.ROOT));
    }

    /** A word that points at another sentence, so that its own is not understood alone. */
    boolean isPointing(String word) {
        return pointing.contains(word.toLowerCase(Locale.ROOT));
    }

    String say(String english, String german) {
        return this == GERMAN ? german : english;
    }
}
