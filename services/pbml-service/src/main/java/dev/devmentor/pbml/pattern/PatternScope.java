package dev.devmentor.pbml.pattern;

import dev.devmentor.kit.problem.ProblemException;
import java.util.Locale;

/** Whose patterns they are. */
enum PatternScope {
    /** A person's own. */
    PERSON(1),
    /** Those of a team, which its members showed. */
    TEAM(2),
    /** Those that people of any team showed. */
    EVERYONE(3);

    private final int code;

    PatternScope(int code) {
        this.code = code;
    }

    /** What tables have for it. */
    int code() {
        return code;
    }

    /** The name in requests and answers. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws ProblemException 400 if it is none */
    static PatternScope parse(String text) {
        for (PatternScope scope : values()) {
            if (scope.wireName().equals(text)) {
                return scope;
            }
        }
        throw ProblemException.invalid("'scope' is one of person, team, everyone");
    }
}
