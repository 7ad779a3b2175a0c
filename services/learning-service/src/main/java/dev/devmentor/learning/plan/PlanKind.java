package dev.devmentor.learning.plan;

import dev.devmentor.kit.problem.ProblemException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a plan is for. */
enum PlanKind {
    POSTPONE,
    ADVANCE,
    VACATION,
    BACKLOG,
    EXAM,
    BALANCE;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static PlanKind ofWireName(@Nullable String name) {
        for (PlanKind kind : values()) {
            if (kind.wireName().equals(name)) {
                return kind;
            }
        }
        throw ProblemException.invalid("'kind' is one of postpone, advance, vacation, backlog, exam, balance");
    }
}
