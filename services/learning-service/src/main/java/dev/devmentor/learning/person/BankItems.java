package dev.devmentor.learning.person;

import static dev.devmentor.deterministic.DeterministicMath.log;

import dev.devmentor.learning.bank.Question;
import dev.devmentor.learning.bank.QuestionBank;
import dev.devmentor.learning.bank.QuestionType;
import dev.devmentor.learning.bank.Skill;
import dev.devmentor.learning.engine.person.SharedKey;
import dev.devmentor.learning.engine.rating.SharedRating;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the bank says of its questions before anybody has answered them. Read when it is first asked for. */
@ApplicationScoped
class BankItems {
    /** Items of the bank have this before their question's id. */
    private static final String PREFIX = "bank:";
    /** An author's estimate is worth some two answers. */
    private static final double VARIANCE = 0.5;

    private static final double LEAST_SHARE = 0.02;

    private @Nullable Map<SharedKey, Difficulties.Step> items;
    private @Nullable Set<String> skills;

    /** Every question as an item in the first epoch. */
    synchronized Map<SharedKey, Difficulties.Step> items() {
        Map<SharedKey, Difficulties.Step> known = items;
        return known == null ? read() : known;
    }

    /** Skills of the bank. */
    synchronized Set<String> skills() {
        read();
        Set<String> known = skills;
        return known == null ? Set.of() : known;
    }

    private Map<SharedKey, Difficulties.Step> read() {
        Map<SharedKey, Difficulties.Step> known = items;
        if (known != null) {
            return known;
        }
        QuestionBank bank = QuestionBank.shipped();
        Map<SharedKey, Difficulties.Step> read = new LinkedHashMap<>();
        for (Question question : bank.questions()) {
            double guess = guess(question);
            SharedKey key = SharedKey.ofItem(PREFIX + question.id());
            read.put(
                    key,
                    new Difficulties.Step(
                            key,
                            new SharedRating(0, difficulty(question.difficulty(), guess), VARIANCE, 0),
                            guess,
                            question.seconds()));
        }
        Set<String> ids = new HashSet<>();
        for (Skill skill : bank.skills()) {
            ids.add(skill.id());
        }
        skills = ids;
        items = read;
        return read;
    }

    /** The logit at which an average developer, who may guess, is wrong in the given share of cases. */
    static double difficulty(double wrong, double guess) {
        double knows = Math.clamp((1 - wrong - guess) / (1 - guess), LEAST_SHARE, 1 - LEAST_SHARE);
        return log((1 - knows) / knows);
    }

    private static double guess(Question question) {
        boolean one = question.type() == QuestionType.SINGLE_CHOICE || question.type() == QuestionType.SPOT_THE_BUG;
        return one && question.options().size() > 1 ? 1.0 / question.options().size() : 0;
    }
}
