package dev.devmentor.gateway.flag;

import java.util.List;
import java.util.Map;

/**
 * A flag.
 *
 * @param enabled whether rules count; without them everybody gets the default
 * @param variants what it can be: all booleans, all texts or all numbers
 * @param rules the first that matches counts
 */
record Flag(String name, boolean enabled, Map<String, Object> variants, String defaultVariant, List<Rule> rules) {
    Flag {
        variants = Map.copyOf(variants);
        rules = List.copyOf(rules);
    }

    /** What is chosen for somebody, and why. */
    record Choice(String variant, Object value, Why why) {}

    /** Why a variant is chosen. */
    enum Why {
        DISABLED,
        /** It is the same for everybody. */
        STATIC,
        RULE,
        SPLIT,
        DEFAULT
    }

    Choice choose(Subject subject) {
        if (!enabled) {
            return choice(defaultVariant, Why.DISABLED);
        }
        for (Rule rule : rules) {
            if (rule.matches(name, subject)) {
                return choice(rule.variant(), rule.percentage() == null ? Why.RULE : Why.SPLIT);
            }
        }
        return choice(defaultVariant, rules.isEmpty() ? Why.STATIC : Why.DEFAULT);
    }

    private Choice choice(String variant, Why why) {
        Object value = variants.get(variant);
        if (value == null) {
            throw new IllegalStateException("a flag whose variant has no value");
        }
        return new Choice(variant, value, why);
    }
}
