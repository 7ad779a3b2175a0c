package dev.devmentor.pbml.share;

import dev.devmentor.pbml.engine.confidence.LifeState;
import dev.devmentor.pbml.engine.owner.PatternKind;

/**
 * A pattern of a team or of everyone, as of an epoch. It names nobody and no event.
 *
 * @param scopeId the team; empty for everyone
 * @param state what the rules make of the sum at the time of its last observation
 * @param lower lower bound of the probability that it holds: 5 % of the posterior lie below
 * @param mean mean of the posterior
 * @param support observations of all who showed it
 * @param firstMicros microseconds since 1970-01-01T00:00Z, as all times here
 * @param sinceMicros when it was observed or judged last: the state is as of then
 * @param title generated, never one that a person gave
 * @param detail JSON: {@code generated}, {@code parts}, {@code fixes}, {@code skills} and {@code items} as patterns of a
 *     person have them, without {@code refs}
 * @param people how many showed it
 * @param epoch in which the row changed last
 * @param version of what was announced last; 0 if nothing was
 */
public record SharedPattern(
        SharedScope scope,
        String scopeId,
        String id,
        PatternKind kind,
        LifeState state,
        double lower,
        double mean,
        int support,
        long firstMicros,
        long lastMicros,
        long sinceMicros,
        String title,
        String detail,
        int people,
        int epoch,
        int version) {}
