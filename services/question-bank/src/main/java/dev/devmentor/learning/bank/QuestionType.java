package dev.devmentor.learning.bank;

import java.util.Locale;

/** What a question wants; see docs/question-bank.md. */
public enum QuestionType {
    SINGLE_CHOICE,
    MULTIPLE_CHOICE,
    ORDERING,
    FILL_IN,
    SPOT_THE_BUG,
    FREE_TEXT;

    /** The name in files and over HTTP: lower case, with hyphens. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether it is answered by choosing among {@link Question#options()}. */
    public boolean isChoice() {
        return this == SINGLE_CHOICE || this == MULTIPLE_CHOICE || this == SPOT_THE_BUG;
    }
}
