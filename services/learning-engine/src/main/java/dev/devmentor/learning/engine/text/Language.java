package dev.devmentor.learning.engine.text;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A language that texts are read in: its small words, and how its questions are worded. */
public enum Language {
    ENGLISH,
    GERMAN;

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
        return has(Words.ENGLISH_STOP, Words.GERMAN_STOP, word);
    }

    /** A usual verb in a form that stands between two nouns. */
    boolean isVerb(String word) {
        return has(Words.ENGLISH_VERBS, Words.GERMAN_VERBS, word);
    }

    /** A noun that says too little to be asked for. */
    boolean isVague(String word) {
        return has(Words.ENGLISH_VAGUE, Words.GERMAN_VAGUE, word);
    }

    /** A word that points at another sentence, so that its own is not understood alone. */
    boolean isPointing(String word) {
        return has(Words.ENGLISH_POINTING, Words.GERMAN_POINTING, word);
    }

    String say(String english, String german) {
        return this == GERMAN ? german : english;
    }

    private boolean has(Set<String> english, Set<String> german, String word) {
        return (this == GERMAN ? german : english).contains(word.toLowerCase(Locale.ROOT));
    }
}
