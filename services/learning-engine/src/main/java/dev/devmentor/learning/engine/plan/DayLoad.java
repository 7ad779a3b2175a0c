package dev.devmentor.learning.engine.plan;

/**
 * Reviews that wait on a day.
 *
 * @param day days since 1970-01-01; what is overdue counts as today
 * @param before without the plan
 * @param after with it
 */
public record DayLoad(int day, int before, int after) {}
