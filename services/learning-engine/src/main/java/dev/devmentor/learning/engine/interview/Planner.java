package dev.devmentor.learning.engine.interview;

import dev.devmentor.learning.engine.interview.InterviewPlan.Activity;
import dev.devmentor.learning.engine.interview.InterviewPlan.Day;
import dev.devmentor.learning.engine.interview.InterviewPlan.Kind;
import dev.devmentor.learning.engine.interview.InterviewPlan.LeftOut;
import dev.devmentor.learning.engine.interview.InterviewPlan.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes an {@link InterviewPlan}: simulates the days with all gaps, and again without the least wanted one, until all that
 * is kept is learnt in time.
 */
final class Planner {
    private static final int CHECK_MINUTES = 10;
    private static final int REVIEW_MINUTES = 5;
    private static final int MOCK_MINUTES = 45;
    private static final int SHORTEST_MOCK = 10;
    private static final int SHORTEST_BLOCK = 10;
    /** So long one skill a day; after that something else is learnt better. */
    private static final int LONGEST_BLOCK = 60;

    private static final int MOCK_EVERY = 7;
    private static final int DAYS_FOR_LAST_MOCK = 3;
    private static final int DAYS_FOR_BUFFER = 4;
    private static final int DAYS_FOR_LONG_BUFFER = 14;
    /** From learning to the first review, and from each to the next: after 1, 3, 7, 14 and 30 days in all. */
    private static final int[] GAPS = {1, 2, 4, 7, 16};

    private final int firstDay;
    private final int days;
    private final int bufferDays;
    private final int interviewDay;
    private final int minutesPerDay;
    private final boolean anythingToAsk;
    /** Open gaps by skill, most wanted first. */
    private final Map<String, Gap> tasks = new LinkedHashMap<>();

    private final Map<String, Set<String>> before = new HashMap<>();

    Planner(
            int firstDay,
            int interviewDay,
            int minutesPerDay,
            List<Gap> gaps,
            Map<String, List<String>> prerequisites) {
        this.firstDay = firstDay;
        this.interviewDay = interviewDay;
        this.days = Math.max(0, interviewDay - firstDay);
        this.bufferDays = days >= DAYS_FOR_LONG_BUFFER ? 2 : days >= DAYS_FOR_BUFFER ? 1 : 0;
        this.minutesPerDay = minutesPerDay;
        this.anythingToAsk = gaps.stream().anyMatch(gap -> !gap.open());
        gaps.stream().filter(Gap::open).sorted(Gap.MOST_WANTED_FIRST).forEach(gap -> tasks.put(gap.skill(), gap));
        for (String skill : tasks.keySet()) {
            Set<String> first = new LinkedHashSet<>();
            for (String other : Gap.before(skill, prerequisites)) {
                // In a circle nobody comes first.
                if (tasks.containsKey(other)
                        && !Gap.before(other, prerequisites).contains(skill)) {
                    first.add(other);
                }
            }
            before.put(skill, first);
        }
    }

    InterviewPlan plan() {
        Set<String> kept = new LinkedHashSet<>(tasks.keySet());
        while (minutes(kept) > (long) (days - bufferDays) * minutesPerDay) {
            kept.remove(leastWanted(kept));
        }
        Run run = new Run(kept);
        while (!run.finishedAll()) {
            kept.remove(leastWanted(kept));
            run = new Run(kept);
        }
        // What was too long may have been left out before something that was in its way.
        for (Gap gap : tasks.values()) {
            if (gap.need() == Need.REQUIRED && !kept.contains(gap.skill())) {
                Set<String> more = new LinkedHashSet<>(kept);
                more.addAll(before.getOrDefault(gap.skill(), Set.of()));
                more.add(gap.skill());
                if (minutes(more) <= (long) (days - bufferDays) * minutesPerDay) {
                    Run longer = new Run(more);
                    kept = longer.finishedAll() ? more : kept;
                    run = longer.finishedAll() ? longer : run;
                }
            }
        }
        List<LeftOut> leftOut = new ArrayList<>();
        for (Gap gap : tasks.values()) {
            int remaining = run.remaining.getOrDefault(gap.skill(), 0);
            if (remaining > 0) {
                leftOut.add(new LeftOut(gap.skill(), gap.need(), total(gap), total(gap) - remaining, reason(gap, run)));
            }
        }
        return new InterviewPlan(firstDay, interviewDay, minutesPerDay, run.days, leftOut);
    }

    private long minutes(Set<String> skills) {
        return tasks.values().stream()
                .filter(gap -> skills.contains(gap.skill()))
                .mapToLong(Planner::total)
                .sum();
    }

    private Reason reason(Gap gap, Run run) {
        if (days == 0) {
            return Reason.NO_DAY;
        }
        boolean blocked = before.getOrDefault(gap.skill(), Set.of()).stream()
                .anyMatch(first -> run.remaining.getOrDefault(first, 0) > 0);
        return blocked ? Reason.PREREQUISITE_LEFT_OUT : Reason.NO_TIME;
    }

    /** Of those that nothing else needs, the one that the job makes least of. */
    private String leastWanted(Set<String> kept) {
        Set<String> needed = new LinkedHashSet<>();
        kept.forEach(skill -> needed.addAll(before.getOrDefault(skill, Set.of())));
        String least = null;
        for (String skill : tasks.keySet()) {
            if (kept.contains(skill) && !needed.contains(skill)) {
                least = skill;
            }
        }
        if (least == null) {
            throw new IllegalStateException("among tasks without circles one is not needed by others");
        }
        return least;
    }

    private static boolean isToBeChecked(Gap gap) {
        return gap.basis() == Gap.Basis.CLAIMED;
    }

    private static int total(Gap gap) {
        return gap.minutes() + (isToBeChecked(gap) ? CHECK_MINUTES : 0);
    }

    private record Review(int due, int step, int order, String skill) {
        private static final Comparator<Review> ORDER =
                Comparator.comparingInt(Review::due).thenComparingInt(Review::order);
    }

    /** The days as they go if these skills are to be learnt, and others only in time that is left over. */
    private final class Run {
        private final List<Day> days = new ArrayList<>();
        private final Map<String, Integer> remaining = new LinkedHashMap<>();
        private final Set<String> kept;
        private final Map<String, Integer> lastSeen = new LinkedHashMap<>();
        private final PriorityQueue<Review> reviews = new PriorityQueue<>(Review.ORDER);

        Run(Set<String> kept) {
            this.kept = kept;
            // Kept ones first, and before each what it needs.
            for (boolean pass : new boolean[] {true, false}) {
                for (String skill : tasks.keySet()) {
                    if (kept.contains(skill) == pass) {
                        enqueue(skill);
                    }
                }
            }
            for (int day = 0; day < Planner.this.days; day++) {
                boolean buffer = day >= Planner.this.days - bufferDays;
                Map<Activity, Integer> activities = new LinkedHashMap<>();
                if (buffer) {
                    lookBack(activities, firstDay + day);
                } else {
                    work(activities, day);
                }
                days.add(new Day(
                        firstDay + day,
                        buffer,
                        activities.entrySet().stream()
                                .map(one -> new Activity(
                                        one.getKey().kind(), one.getKey().skill(), one.getValue()))
                                .toList()));
            }
        }

        private void enqueue(String skill) {
            if (!remaining.containsKey(skill)) {
                Set<String> first = before.getOrDefault(skill, Set.of());
                tasks.keySet().stream().filter(first::contains).forEach(this::enqueue);
                Gap gap = tasks.get(skill);
                remaining.put(skill, gap == null ? 0 : total(gap));
            }
        }

        boolean finishedAll() {
            return kept.stream().allMatch(skill -> remaining.getOrDefault(skill, 0) == 0);
        }

        private void work(Map<Activity, Integer> activities, int day) {
            int left = minutesPerDay - review(activities, firstDay + day);
            int workDays = Planner.this.days - bufferDays;
            boolean last = day == workDays - 1 && workDays >= DAYS_FOR_LAST_MOCK;
            int every = finishedEverything() ? 2 * MOCK_EVERY : MOCK_EVERY;
            boolean mock = (last || (day + 1) % every == 0) && (anythingToAsk || !lastSeen.isEmpty());
            if (mock && left >= SHORTEST_MOCK) {
                int minutes = Math.min(MOCK_MINUTES, left);
                add(activities, Kind.MOCK, null, minutes);
                left -= minutes;
            }
            for (String skill : List.copyOf(remaining.keySet())) {
                left -= learn(activities, skill, left, firstDay + day);
            }
        }

        private boolean finishedEverything() {
            return remaining.values().stream().allMatch(minutes -> minutes == 0);
        }

        /** Reviews that are due, in at most half of the day; the others wait. */
        private int review(Map<Activity, Integer> activities, int today) {
            int used = 0;
            while (!reviews.isEmpty()
                    && reviews.element().due() <= today
                    && (used + REVIEW_MINUTES) * 2 <= minutesPerDay) {
                Review review = reviews.remove();
                add(activities, Kind.REVIEW, review.skill(), REVIEW_MINUTES);
                used += REVIEW_MINUTES;
                lastSeen.put(review.skill(), today);
                plan(review.skill(), review.step() + 1, today, review.order());
            }
            return used;
        }

        private void plan(String skill, int step, int today, int order) {
            int gap = step < GAPS.length ? GAPS[step] : GAPS[GAPS.length - 1] << Math.min(step - GAPS.length + 1, 8);
            reviews.add(new Review(today + gap, step, order, skill));
        }

        /** Works on a skill if everything before it is learnt. */
        private int learn(Map<Activity, Integer> activities, String skill, int left, int today) {
            int open = remaining.getOrDefault(skill, 0);
            boolean ready = before.getOrDefault(skill, Set.of()).stream()
                    .allMatch(first -> remaining.getOrDefault(first, 0) == 0);
            int block = Math.min(Math.min(open, left), LONGEST_BLOCK);
            if (!ready || block == 0 || (block < SHORTEST_BLOCK && block < open)) {
                return 0;
            }
            Gap gap = tasks.get(skill);
            int check = gap != null && isToBeChecked(gap) ? Math.max(0, open - gap.minutes()) : 0;
            if (check > 0) {
                add(activities, Kind.CHECK, skill, Math.min(check, block));
            }
            if (block > check) {
                add(activities, Kind.STUDY, skill, block - check);
            }
            remaining.put(skill, open - block);
            if (open == block) {
                lastSeen.put(skill, today);
                plan(skill, 0, today, lastSeen.size());
            }
            return block;
        }

        /** Short looks at all that was learnt, what was seen longest ago first. */
        private void lookBack(Map<Activity, Integer> activities, int today) {
            List<String> oldestFirst = new ArrayList<>(lastSeen.keySet());
            oldestFirst.sort(Comparator.comparingInt(skill -> lastSeen.getOrDefault(skill, today)));
            int used = 0;
            for (String skill : oldestFirst) {
                if ((used + REVIEW_MINUTES) * 2 > minutesPerDay) {
                    break;
                }
                add(activities, Kind.REVIEW, skill, REVIEW_MINUTES);
                lastSeen.put(skill, today);
                used += REVIEW_MINUTES;
            }
        }

        private void add(Map<Activity, Integer> activities, Kind kind, @Nullable String skill, int minutes) {
            activities.merge(new Activity(kind, skill, 0), minutes, Integer::sum);
        }
    }
}
