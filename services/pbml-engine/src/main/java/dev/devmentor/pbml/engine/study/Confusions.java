package dev.devmentor.pbml.engine.study;

import dev.devmentor.pbml.engine.study.StudyPattern.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedSet;
import java.util.stream.Stream;

/** Which items that share a skill disturb each other: each is known apart, and missed soon after the other. */
final class Confusions {

    /** So many answers before, at most, count as recent. */
    private static final int RECENT = 8;

    /** In each direction, beside and apart. */
    private static final int LEAST_TRIALS = 5;

    private Confusions() {}

    /** Item after item. */
    private record Direction(String before, String after) {
        Direction reversed() {
            return new Direction(after, before);
        }
    }

    /** An answer, with the answers shortly before it that share a skill, the latest of each item. */
    private record Context(JudgedAnswer answer, Map<String, JudgedAnswer> before, double form) {}

    static List<StudyPattern> find(Past past) {
        Map<String, List<Context>> byItem = new HashMap<>();
        Map<Direction, Integer> beside = new LinkedHashMap<>();
        for (Sitting sitting : past.sittings()) {
            List<JudgedAnswer> answers = sitting.answers();
            for (int i = 0; i < answers.size(); i++) {
                JudgedAnswer answer = answers.get(i);
                if (answer.judged()) {
                    Map<String, JudgedAnswer> before = before(answers, i);
                    byItem.computeIfAbsent(answer.item(), unused -> new ArrayList<>())
                            .add(new Context(answer, before, sitting.formWithout(answer)));
                    before.keySet().forEach(b -> beside.merge(new Direction(b, answer.item()), 1, Integer::sum));
                }
            }
        }
        List<Disturbance[]> tested = new ArrayList<>();
        beside.forEach((direction, times) -> {
            int back = beside.getOrDefault(direction.reversed(), 0);
            if (direction.before().compareTo(direction.after()) < 0 && times >= LEAST_TRIALS && back >= LEAST_TRIALS) {
                Disturbance there = disturbance(byItem, direction);
                Disturbance andBack = disturbance(byItem, direction.reversed());
                if (there.apart() >= LEAST_TRIALS && andBack.apart() >= LEAST_TRIALS) {
                    tested.add(new Disturbance[] {there, andBack});
                }
            }
        });
        return patterns(past, tested);
    }

    private static Map<String, JudgedAnswer> before(List<JudgedAnswer> answers, int at) {
        Map<String, JudgedAnswer> before = new LinkedHashMap<>();
        JudgedAnswer answer = answers.get(at);
        for (int i = at - 1; i >= Math.max(0, at - RECENT); i--) {
            JudgedAnswer other = answers.get(i);
            if (!other.item().equals(answer.item()) && !shared(other, answer).isEmpty()) {
                before.putIfAbsent(other.item(), other);
            }
        }
        return before;
    }

    private static List<String> shared(JudgedAnswer one, JudgedAnswer other) {
        return one.skills().stream()
                .filter(other.skills()::contains)
                .distinct()
                .sorted()
                .toList();
    }

    private static Disturbance disturbance(Map<String, List<Context>> byItem, Direction direction) {
        return new Disturbance(byItem.getOrDefault(direction.after(), List.of()).stream()
                .map(c -> new Disturbance.Trial(
                        c.answer(), c.before().getOrDefault(direction.before(), c.answer()), c.form()))
                .toList());
    }

    private static List<StudyPattern> patterns(Past past, List<Disturbance[]> tested) {
        double[] p = new double[tested.size()];
        for (int i = 0; i < p.length; i++) {
            TailBound both = new TailBound();
            for (Disturbance direction : tested.get(i)) {
                both.addAll(direction.test(past));
            }
            p[i] = both.probability();
        }
        double[] q = FalseDiscovery.qValues(p, p.length, 1);
        List<StudyPattern> found = new ArrayList<>();
        for (int i = 0; i < q.length; i++) {
            Disturbance there = tested.get(i)[0];
            Disturbance back = tested.get(i)[1];
            if (q[i] <= FalseDiscovery.LEVEL
                    && Stream.of(there, back).allMatch(d -> d.worthSaying() && d.knownApart())) {
                found.add(pattern(there, back, q[i]));
            }
        }
        return found;
    }

    private static StudyPattern pattern(Disturbance there, Disturbance back, double q) {
        List<Disturbance.Trial> missed = Stream.of(there, back)
                .flatMap(d -> d.trials().stream())
                .filter(t -> t.beside() && t.answer().missed())
                .sorted(Comparator.comparingLong(
                                (Disturbance.Trial t) -> t.answer().atMicros())
                        .reversed()
                        .thenComparing(t -> t.answer().item()))
                .toList();
        SequencedSet<EventReference> evidence = new LinkedHashSet<>();
        for (Disturbance.Trial trial : missed) {
            evidence.add(trial.answer().event());
            evidence.add(trial.before().event());
        }
        List<String> items = List.of(
                back.trials().getFirst().answer().item(),
                there.trials().getFirst().answer().item());
        String explanation = String.format(
                Locale.ROOT,
                "%2$s was missed %3$d of %4$d times soon after %1$s, and %5$d of %6$d times apart from it; %1$s was missed"
                        + " %7$d of %8$d times soon after %2$s, and %9$d of %10$d apart.",
                items.getFirst(),
                items.getLast(),
                there.missedBeside(),
                there.beside(),
                there.missedApart(),
                there.apart(),
                back.missedBeside(),
                back.beside(),
                back.missedApart(),
                back.apart());
        return new StudyPattern(
                PatternIds.of(Kind.CONFUSION, "items", items),
                Kind.CONFUSION,
                items,
                shared(missed.getFirst().answer(), missed.getFirst().before()),
                List.of(),
                0,
                explanation,
                1 - q,
                missed.size(),
                evidence.stream().limit(StudyPattern.MOST_EVIDENCE).toList());
    }
}
