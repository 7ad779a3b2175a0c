package dev.devmentor.learning.plan;

import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.learning.engine.plan.Advance;
import dev.devmentor.learning.engine.plan.Backlog;
import dev.devmentor.learning.engine.plan.EasyDays;
import dev.devmentor.learning.engine.plan.Exam;
import dev.devmentor.learning.engine.plan.LoadBalance;
import dev.devmentor.learning.engine.plan.Move;
import dev.devmentor.learning.engine.plan.Plan;
import dev.devmentor.learning.engine.plan.PlannedCard;
import dev.devmentor.learning.engine.plan.Postpone;
import dev.devmentor.learning.engine.plan.ReviewOrder;
import dev.devmentor.learning.engine.plan.Vacation;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A request for a plan that was understood.
 *
 * @param parameters what was asked for with what was added by default, in a fixed order; equal requests have equal ones
 * @param drawing makes the plan from cards
 * @param lasting what it says of cards that are answered later; null if nothing
 */
record Draft(
        PlanKind kind,
        Map<String, Object> parameters,
        Drawing drawing,
        @Nullable Lasting lasting) {
    private static final int MOST_CARDS = 10_000;
    private static final int MOST_AROUND = 30;
    private static final int LONGEST_BREAK = 180;
    private static final int MOST_SKILLS = 100;
    private static final int LONGEST_SKILL = 128;
    private static final int MOST_DATES = 400;
    private static final int UNLIMITED = 1_000_000;
    private static final LocalDate FIRST_DATE = LocalDate.of(1970, 1, 1);
    private static final LocalDate LAST_DATE = LocalDate.of(2200, 12, 31);

    /** Makes a plan. */
    @FunctionalInterface
    interface Drawing {
        Drawn draw(PlannedCards cards, Wishes wishes);
    }

    /**
     * What a plan says of cards that are answered after it was made.
     *
     * @param untilDay the last day on which it says anything
     */
    record Lasting(int untilDay, Keeping keeping) {}

    /** Moves a card that was just answered, if the plan wants it. */
    @FunctionalInterface
    interface Keeping {
        /** @param load reviews that wait on a day, those of this card left out */
        Optional<Move> keep(PlannedCards cards, PlannedCard card, IntUnaryOperator load, Wishes wishes);
    }

    private record Kind(Drawing drawing, @Nullable Lasting lasting) {
        Kind(Drawing drawing) {
            this(drawing, null);
        }
    }

    /**
     * What a learner wants anyway.
     *
     * @param maximumIntervalDays the longest interval
     * @param easyDays unless the request has its own
     */
    record Wishes(int maximumIntervalDays, EasyDays easyDays) {}

    /**
     * A plan with the figures of its kind.
     *
     * @param figures by name, in a fixed order
     * @param days of a backlog; empty of others
     */
    record Drawn(Plan plan, Map<String, Number> figures, List<Backlog.Day> days) {
        Drawn(Plan plan, Map<String, Number> figures) {
            this(plan, figures, List.of());
        }
    }

    /** Understands a request, or says what is wrong with it. */
    static Draft of(PlanRequest request) {
        PlanKind kind = PlanKind.ofWireName(request.kind());
        Reader reader = new Reader(request, kind);
        Kind what = switch (kind) {
            case POSTPONE -> new Kind(postpone(reader));
            case ADVANCE -> new Kind(advance(reader));
            case VACATION -> vacation(reader);
            case BACKLOG -> new Kind(backlog(reader));
            case EXAM -> exam(reader);
            case BALANCE -> new Kind(balance(reader));
        };
        reader.refuseOthers();
        return new Draft(kind, reader.parameters, what.drawing(), what.lasting());
    }

    private static Drawing postpone(Reader reader) {
        int count = reader.required("count", reader.request.count(), 1, MOST_CARDS);
        Asked easyDays = reader.easyDays();
        return (cards, wishes) -> {
            Postpone.Result result = new Postpone(count, wishes.maximumIntervalDays(), easyDays.or(wishes))
                    .plan(cards.all(), cards.today());
            return new Drawn(result.plan(), figures("due", result.due(), "harmless", result.harmless()));
        };
    }

    private static Drawing advance(Reader reader) {
        int count = reader.required("count", reader.request.count(), 1, MOST_CARDS);
        return (cards, _) -> {
            Advance.Result result = new Advance(count).plan(cards.all(), cards.today());
            return new Drawn(result.plan(), figures("later", result.later(), "worthIt", result.worthIt()));
        };
    }

    private static Kind vacation(Reader reader) {
        LocalDate from = reader.date("from", reader.request.from());
        LocalDate to = reader.date("to", reader.request.to());
        int perDay = reader.or("perDay", reader.request.perDay(), 200, 1, MOST_CARDS);
        int before = reader.or("daysBefore", reader.request.daysBefore(), 7, 0, MOST_AROUND);
        int after = reader.or("daysAfter", reader.request.daysAfter(), 7, 0, MOST_AROUND);
        Asked easyDays = reader.easyDays();
        if (to.isBefore(from) || from.plusDays(LONGEST_BREAK).isBefore(to)) {
            throw ProblemException.invalid(
                    "a vacation goes from a day to a later one, " + LONGEST_BREAK + " days later at most");
        }
        Function<Wishes, Vacation> vacation =
                wishes -> new Vacation(day(from), day(to), perDay, before, after, easyDays.or(wishes));
        Drawing drawing = (cards, wishes) -> {
            if (to.toEpochDay() < cards.today()) {
                throw ProblemException.invalid("the vacation is over");
            }
            requireFew(cards.all().stream()
                    .filter(card -> Math.max(card.dueDay(), cards.today()) >= day(from) && card.dueDay() <= day(to))
                    .count());
            Vacation.Result result = vacation.apply(wishes).plan(cards.all(), cards.today());
            return new Drawn(
                    result.plan(),
                    figures(
                            "inBreak",
                            result.inBreak(),
                            "unplaced",
                            result.unplaced(),
                            "neededPerDay",
                            result.neededPerDay(),
                            "lossBefore",
                            result.lossBefore(),
                            "lossAfter",
                            result.lossAfter()));
        };
        return new Kind(
                drawing,
                new Lasting(
                        day(to),
                        (cards, card, load, wishes) -> vacation.apply(wishes).keep(card, cards.today(), load)));
    }

    private static Drawing backlog(Reader reader) {
        int rate = reader.required("rate", reader.request.rate(), 1, MOST_CARDS);
        int perDay = reader.or("perDay", reader.request.perDay(), UNLIMITED, 1, UNLIMITED);
        ReviewOrder order = reader.order();
        long seed = reader.seed();
        Asked easyDays = reader.easyDays();
        return (cards, wishes) -> {
            Backlog.Result result = new Backlog(rate, perDay, order, seed, easyDays.or(wishes))
                    .plan(cards.all(), cards.today(), cards.weakness());
            return new Drawn(
                    result.plan(),
                    figures(
                            "backlog",
                            result.backlog(),
                            "days",
                            result.days().size(),
                            "unplaced",
                            result.unplaced(),
                            "expectedRecalled",
                            result.expectedRecalled()),
                    result.days());
        };
    }

    private static Kind exam(Reader reader) {
        LocalDate date = reader.date("date", reader.request.date());
        TreeSet<String> skills = reader.skills();
        double target = reader.targetRecall();
        int lastDays = reader.or("lastDays", reader.request.lastDays(), 7, 1, MOST_AROUND);
        int perDay = reader.or("perDay", reader.request.perDay(), 200, 1, MOST_CARDS);
        Asked easyDays = reader.easyDays();
        Function<Wishes, Exam> exams =
                wishes -> new Exam(day(date), skills, target, lastDays, perDay, easyDays.or(wishes));
        Drawing drawing = (cards, wishes) -> {
            if (date.toEpochDay() <= cards.today()) {
                throw ProblemException.invalid("the exam is not ahead");
            }
            requireFew(cards.all().stream()
                    .filter(card -> card.skills().stream().anyMatch(skills::contains))
                    .count());
            Exam exam = exams.apply(wishes);
            Exam.Result result = exam.plan(cards.all(), cards.today(), cards::recallAfter);
            Plan plan = result.plan();
            TreeSet<String> without = new TreeSet<>(exam.skillsWithoutCards(cards.all()));
            if (!without.isEmpty()) {
                List<String> notes = new ArrayList<>(plan.notes());
                notes.add("no card yet of " + String.join(", ", without));
                plan = new Plan(plan.moves(), plan.load(), notes);
            }
            return new Drawn(
                    plan,
                    figures(
                            "cards",
                            result.cards(),
                            "done",
                            result.done(),
                            "later",
                            result.later(),
                            "unplaced",
                            result.unplaced(),
                            "belowTarget",
                            result.belowTarget(),
                            "lowestRecall",
                            result.lowestRecall(),
                            "meanRecall",
                            result.meanRecall(),
                            "meanRecallWithout",
                            result.meanRecallWithout(),
                            "neededPerDay",
                            result.neededPerDay()));
        };
        return new Kind(
                drawing,
                new Lasting(
                        day(date) - 1,
                        (cards, card, load, wishes) ->
                                exams.apply(wishes).keep(card, cards.today(), load, cards::recallAfter)));
    }

    private static Drawing balance(Reader reader) {
        int horizon = reader.or("horizonDays", reader.request.horizonDays(), 30, 2, 365);
        Asked easyDays = reader.easyDays();
        return (cards, wishes) -> {
            Plan plan = new LoadBalance(easyDays.or(wishes), wishes.maximumIntervalDays())
                    .plan(cards.all(), cards.today(), horizon);
            return new Drawn(plan, figures("moved", plan.moves().size()));
        };
    }

    /** Finding places takes a moment for each card, and the learner is locked meanwhile. */
    private static void requireFew(long cards) {
        if (cards > MOST_CARDS) {
            throw ProblemException.tooLarge(
                    "this plan is about " + cards + " cards; one plan takes at most " + MOST_CARDS);
        }
    }

    /** Names and numbers in turn; a number that is none is left out. */
    private static Map<String, Number> figures(Object... namesAndNumbers) {
        Map<String, Number> figures = new LinkedHashMap<>();
        for (int i = 0; i < namesAndNumbers.length; i += 2) {
            Number number = (Number) namesAndNumbers[i + 1];
            if (!Double.isNaN(number.doubleValue())) {
                figures.put((String) namesAndNumbers[i], number);
            }
        }
        return figures;
    }

    private static int day(LocalDate date) {
        return (int) date.toEpochDay();
    }

    /** Easy days of a request; null if it has none. */
    private record Asked(@Nullable EasyDays easyDays) {
        EasyDays or(Wishes wishes) {
            return easyDays == null ? wishes.easyDays() : easyDays;
        }
    }

    /** Reads parameters, and knows afterwards which were asked for. */
    private static final class Reader {
        private final PlanRequest request;
        private final PlanKind kind;
        private final Map<String, Object> parameters = new LinkedHashMap<>();

        Reader(PlanRequest request, PlanKind kind) {
            this.request = request;
            this.kind = kind;
        }

        int required(String name, @Nullable Integer value, int least, int most) {
            if (value == null) {
                throw ProblemException.invalid("'" + name + "' is missing");
            }
            return or(name, value, value, least, most);
        }

        int or(String name, @Nullable Integer value, int otherwise, int least, int most) {
            int number = value == null ? otherwise : value;
            if (number < least || number > most) {
                throw ProblemException.invalid("'" + name + "' is a number from " + least + " to " + most);
            }
            parameters.put(name, number);
            return number;
        }

        LocalDate date(String name, @Nullable String value) {
            if (value == null) {
                throw ProblemException.invalid("'" + name + "' is missing");
            }
            LocalDate date = parse(name, value);
            parameters.put(name, date.toString());
            return date;
        }

        ReviewOrder order() {
            try {
                ReviewOrder order =
                        request.order() == null ? ReviewOrder.DUE_DATE : ReviewOrder.ofWireName(request.order());
                parameters.put("order", order.wireName());
                return order;
            } catch (IllegalArgumentException unknown) {
                throw ProblemException.invalid(String.valueOf(unknown.getMessage()));
            }
        }

        long seed() {
            long seed = request.seed() == null ? 0 : request.seed();
            parameters.put("seed", seed);
            return seed;
        }

        TreeSet<String> skills() {
            List<@Nullable String> given = request.skills();
            if (given == null || given.isEmpty() || given.size() > MOST_SKILLS) {
                throw ProblemException.invalid("'skills' has 1 to " + MOST_SKILLS + " entries");
            }
            TreeSet<String> skills = new TreeSet<>();
            for (String skill : given) {
                if (skill == null || skill.isEmpty() || skill.length() > LONGEST_SKILL) {
                    throw ProblemException.invalid("a skill has 1 to " + LONGEST_SKILL + " characters");
                }
                skills.add(skill);
            }
            parameters.put("skills", List.copyOf(skills));
            return skills;
        }

        double targetRecall() {
            double target = request.targetRecall() == null ? 0.9 : request.targetRecall();
            if (!(target >= 0.5 && target <= 0.99)) {
                throw ProblemException.invalid("'targetRecall' is 0.5 to 0.99");
            }
            parameters.put("targetRecall", target);
            return target;
        }

        Asked easyDays() {
            PlanRequest.EasyDaysRequest given = request.easyDays();
            if (given == null) {
                return new Asked(null);
            }
            Map<String, @Nullable Double> givenDates = given.dates() == null ? Map.of() : given.dates();
            if (givenDates.size() > MOST_DATES) {
                throw ProblemException.invalid("'easyDays' has at most " + MOST_DATES + " dates");
            }
            List<Double> weekdays = new ArrayList<>();
            if (given.weekdays() == null) {
                weekdays.addAll(EasyDays.NONE.weekdays());
            } else {
                given.weekdays().forEach(weight -> weekdays.add(weight(weight)));
            }
            Map<Integer, Double> dates = new TreeMap<>();
            Map<String, Double> named = new TreeMap<>();
            givenDates.forEach((text, weight) -> {
                LocalDate date = parse("easyDays", text);
                dates.put(day(date), weight(weight));
                named.put(date.toString(), weight(weight));
            });
            try {
                EasyDays easyDays = new EasyDays(weekdays, dates);
                Map<String, Object> shown = new LinkedHashMap<>();
                shown.put("weekdays", easyDays.weekdays());
                shown.put("dates", named);
                parameters.put("easyDays", shown);
                return new Asked(easyDays);
            } catch (IllegalArgumentException wrong) {
                throw ProblemException.invalid("'easyDays': " + wrong.getMessage());
            }
        }

        private static double weight(@Nullable Double weight) {
            if (weight == null || !(weight >= 0 && weight <= 1)) {
                throw ProblemException.invalid("a weight in 'easyDays' is a number from 0 to 1");
            }
            return weight;
        }

        private static LocalDate parse(String name, String value) {
            try {
                LocalDate date = LocalDate.parse(value);
                if (!date.isBefore(FIRST_DATE) && !date.isAfter(LAST_DATE)) {
                    return date;
                }
            } catch (DateTimeException unreadable) {
                // Same answer as for a date out of range.
            }
            throw ProblemException.invalid("'" + name + "' is a date such as 2026-08-03, in the years 1970 to 2200");
        }

        /** A parameter that the kind does not have was meant to do something: it is not passed over. */
        void refuseOthers() {
            Map<String, @Nullable Object> given = new LinkedHashMap<>();
            given.put("count", request.count());
            given.put("from", request.from());
            given.put("to", request.to());
            given.put("perDay", request.perDay());
            given.put("daysBefore", request.daysBefore());
            given.put("daysAfter", request.daysAfter());
            given.put("rate", request.rate());
            given.put("order", request.order());
            given.put("seed", request.seed());
            given.put("date", request.date());
            given.put("skills", request.skills());
            given.put("targetRecall", request.targetRecall());
            given.put("lastDays", request.lastDays());
            given.put("horizonDays", request.horizonDays());
            given.put("easyDays", request.easyDays());
            given.forEach((name, value) -> {
                if (value != null && !parameters.containsKey(name)) {
                    throw ProblemException.invalid("'" + name + "' is not a parameter of " + kind.wireName());
                }
            });
        }
    }
}
