package dev.devmentor.bench.forecast;

import dev.devmentor.learning.engine.analytics.AnswerHistory;
import dev.devmentor.learning.engine.analytics.Course;
import dev.devmentor.learning.engine.analytics.Forecast;
import dev.devmentor.learning.engine.analytics.Habits;
import dev.devmentor.learning.engine.analytics.Memories;
import dev.devmentor.learning.engine.analytics.MemoryModel;
import dev.devmentor.learning.engine.analytics.Plan;
import dev.devmentor.learning.engine.analytics.Progress;
import dev.devmentor.learning.engine.analytics.RetentionAdviser;
import dev.devmentor.learning.engine.analytics.RetentionAdviser.Advice;
import dev.devmentor.learning.engine.analytics.SimulatedCard;
import dev.devmentor.learning.engine.analytics.Wanted;
import java.util.List;

/**
 * What one model says of the days to come. It is made from the first half of a log and the number of days, and never sees the later
 * half.
 *
 * @param model with weights from the first half at most
 * @param asked the recall at which cards were asked so far
 * @param courses simulated
 * @param forecast what they add up to
 * @param advice for the days to come
 * @param yearsAdvice for a year
 */
record Foresight(
        MemoryModel model, Wanted asked, List<Course> courses, Forecast forecast, Advice advice, Advice yearsAdvice) {

    private static final int YEAR = 365;
    private static final int LONGEST_INTERVAL = 36_500;
    private static final long SEED = 2_024;

    static Foresight of(Predictor predictor, AnswerHistory before, int today, int days) {
        Habits habits = Habits.of(before, today);
        MemoryModel model = predictor.of(before);
        Memories memories = Memories.of(model, before);
        List<SimulatedCard> cards = memories.cards();
        Wanted asked = Wanted.drawnFrom(today - 1, memories.askedRecall(today));
        Plan plan = plan(today, days, habits, asked);
        List<Course> courses = Forecast.courses(model, cards, habits, plan, Forecast.MOST_RUNS, Progress.UNWATCHED);
        return new Foresight(
                model,
                asked,
                courses,
                Forecast.of(courses, cards, plan),
                RetentionAdviser.advise(model, cards, habits, plan, Progress.UNWATCHED),
                RetentionAdviser.advise(model, cards, habits, plan(today, YEAR, habits, asked), Progress.UNWATCHED));
    }

    private static Plan plan(int today, int days, Habits habits, Wanted asked) {
        return new Plan(
                today, days, habits.newPerDay(), Integer.MAX_VALUE, Integer.MAX_VALUE, asked, LONGEST_INTERVAL, SEED);
    }
}
