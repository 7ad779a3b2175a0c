package dev.devmentor.bench.choice;

import dev.devmentor.learning.engine.choice.HelpMeter;
import dev.devmentor.learning.engine.choice.Selector;
import dev.devmentor.learning.engine.choice.Selector.Candidate;
import dev.devmentor.learning.engine.choice.Selector.Choice;
import dev.devmentor.learning.engine.choice.Selector.Situation;
import dev.devmentor.learning.engine.choice.Selector.Standing;
import dev.devmentor.learning.engine.choice.Strategy;
import dev.devmentor.learning.engine.choice.StrategyWeights;
import dev.devmentor.learning.engine.rating.ItemMemory;
import dev.devmentor.learning.engine.rating.PersonRating;
import dev.devmentor.learning.engine.rating.Question;
import dev.devmentor.learning.engine.rating.Rating;
import dev.devmentor.learning.engine.rating.SharedRating;
import dev.devmentor.learning.engine.rating.SkillRating;
import dev.devmentor.learning.engine.schedule.Fsrs6;
import dev.devmentor.learning.engine.schedule.Fsrs6Memory;
import dev.devmentor.learning.engine.schedule.Grade;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Asks one person by the shipped rating, scheduler and choice. Sees skills, rated difficulties and answers, never the truth.
 * What its strategy has no offer for is chosen at random.
 */
final class Tutor {

    private static final SharedRating KNOWN = new SharedRating(0, 0, 1e-4, 1_000_000);
    private static final SharedRating MIDDLING = new SharedRating(0, 0, 1e-4, 1_000_000);
    private static final double GUESS = 0.2;
    private static final long DAY = 86_400;

    /** Help is what is expected so many days later. */
    private static final int HORIZON = 7;

    private static final Selector SELECTOR = Selector.DEFAULT;

    /** How a tutor chooses. */
    sealed interface Way {}

    /** Any question that wasn't asked on the same day. */
    record AtRandom() implements Way {}

    /** Always by one strategy. */
    record Alone(Strategy strategy) implements Way {}

    /** By all, with shares that never change. */
    record Fixed(StrategyWeights.Shares shares) implements Way {}

    /** By all, with weights that learn from what helped. */
    record Learning(StrategyWeights from) implements Way {}

    private final World world;
    private final Way way;
    private final SplittableRandom random;
    private final SkillRating[] skills = new SkillRating[World.SKILLS];
    private final Fsrs6Memory[] cards;
    private final int[] cardDays;
    private final ItemMemory[] memories;
    private final Deque<String> recent = new ArrayDeque<>();
    private PersonRating person = PersonRating.NEW;
    private HelpMeter meter = HelpMeter.EMPTY;
    private StrategyWeights weights;
    private @Nullable Strategy strategy;

    Tutor(World world, Way way, long seed) {
        this.world = world;
        this.way = way;
        this.random = new SplittableRandom(seed);
        this.weights = way instanceof Learning learning ? learning.from() : StrategyWeights.INITIAL;
        Arrays.fill(skills, SkillRating.NEW);
        int count = world.items().size();
        cards = new Fsrs6Memory[count];
        cardDays = new int[count];
        memories = new ItemMemory[count];
        Arrays.fill(memories, ItemMemory.NEW);
    }

    StrategyWeights weights() {
        return weights;
    }

    /** The strategy that chose the last question; null if chance did. */
    @Nullable Strategy strategy() {
        return strategy;
    }

    World.Item choose(int day, int number) {
        Choice choice = null;
        if (!(way instanceof AtRandom)) {
            Situation situation = situation(day, number);
            choice = switch (way) {
                case Alone(Strategy alone) -> SELECTOR.offer(situation, alone);
                case Fixed(StrategyWeights.Shares shares) -> SELECTOR.choose(situation, shares, random.nextLong());
                case Learning _ -> SELECTOR.choose(situation, weights.shares(), random.nextLong());
                case AtRandom _ -> throw new IllegalStateException();
            };
        }
        if (choice == null) {
            strategy = null;
            World.Item item;
            do {
                item = world.items().get(random.nextInt(world.items().size()));
            } while (cards[item.number()] != null && cardDays[item.number()] == day);
            return item;
        }
        strategy = choice.reason().strategy();
        return world.items().get(Integer.parseInt(choice.candidate().item().substring(1)));
    }

    void answered(World.Item item, boolean right, int day, int number) {
        long second = second(day, number);
        String skill = World.name(item.skill());
        Map<String, Double> before = new HashMap<>();
        for (String further : world.graph().descendants(skill).keySet()) {
            before.put(further, predicted(World.number(further), day, second));
        }
        before.put(skill, predicted(item.skill(), day, second));
        Rating.Step step = Rating.answered(
                question(item.skill(), rated(item), memories[item.number()], unearned(item.number(), day), second),
                right);
        person = step.person();
        skills[item.skill()] = step.skills().getFirst();
        memories[item.number()] = step.memory();
        int gap = cards[item.number()] == null ? 0 : day - cardDays[item.number()];
        cards[item.number()] = Fsrs6.DEFAULT.next(cards[item.number()], right ? Grade.GOOD : Grade.AGAIN, gap);
        cardDays[item.number()] = day;
        recent.addFirst(skill);
        if (recent.size() > 10) {
            recent.removeLast();
        }
        Strategy by = strategy;
        HelpMeter.Step measured = by == null
                ? meter.answered(List.of(skill), name -> predicted(World.number(name), day, second))
                : meter.answered(
                        world.graph(),
                        SELECTOR.credit(),
                        List.of(skill),
                        by,
                        name -> before.getOrDefault(name, 0.5),
                        name -> predicted(World.number(name), day, second));
        meter = measured.meter();
        weights = measured.observe(weights);
    }

    /**
     * What the tutor expects of a skill in a week, over its questions: those met are remembered as their cards say, the others
     * are right as the rating says.
     */
    double predicted(int skill, int day, long second) {
        double sum = 0;
        for (int i = skill * World.ITEMS_PER_SKILL; i < (skill + 1) * World.ITEMS_PER_SKILL; i++) {
            double later = cards[i] == null ? 0 : recall(i, day + HORIZON);
            double derived = Rating.expect(question(skill, rated(world.items().get(i)), ItemMemory.NEW, GUESS, second))
                    .probability();
            sum += later + (1 - later) * derived;
        }
        return sum / World.ITEMS_PER_SKILL;
    }

    /** What the tutor expects of the items of a skill now, for comparison with the truth. */
    double expected(int skill, int day, int number) {
        double sum = 0;
        for (int i = skill * World.ITEMS_PER_SKILL; i < (skill + 1) * World.ITEMS_PER_SKILL; i++) {
            double fact = cards[i] == null ? 0 : recall(i, day);
            double derived = Rating.expect(
                            question(skill, rated(world.items().get(i)), ItemMemory.NEW, GUESS, second(day, number)))
                    .probability();
            sum += fact + (1 - fact) * derived;
        }
        return sum / World.ITEMS_PER_SKILL;
    }

    private Situation situation(int day, int number) {
        long second = second(day, number);
        List<Candidate> candidates = new ArrayList<>();
        for (World.Item item : world.items()) {
            boolean met = cards[item.number()] != null;
            double recall = met ? recall(item.number(), day) : Double.NaN;
            boolean due = met && cardDays[item.number()] < day && recall <= SELECTOR.wantedRecall();
            if (met && !due) {
                continue;
            }
            double unearned = unearned(item.number(), day);
            double p = Rating.expect(question(item.skill(), rated(item), memories[item.number()], unearned, second))
                    .probability();
            candidates.add(new Candidate(
                    item.id(), List.of(World.name(item.skill())), item.rated(), p, unearned, recall, due));
        }
        Map<String, Standing> standings = new HashMap<>();
        for (int skill = 0; skill < World.SKILLS; skill++) {
            Rating.Expectation middling = Rating.expect(question(skill, MIDDLING, ItemMemory.NEW, 0, second));
            standings.put(
                    World.name(skill),
                    new Standing(middling.probability(), Math.sqrt(middling.variance()), skills[skill].answers()));
        }
        return new Situation(world.graph(), candidates, standings, List.copyOf(recent));
    }

    private double recall(int item, int day) {
        Fsrs6Memory card = cards[item];
        return card == null ? 1 : Fsrs6.DEFAULT.retrievability(card.stability(), day - cardDays[item]);
    }

    /** The chance of a right answer without the skill: by remembering this very question, or by guessing. */
    private double unearned(int item, int day) {
        double fact = cards[item] == null ? 0 : Math.min(0.98, recall(item, day));
        return fact + (1 - fact) * GUESS;
    }

    private Question question(int skill, SharedRating item, ItemMemory memory, double guess, long second) {
        return new Question(person, List.of(skills[skill]), memory, KNOWN, List.of(KNOWN), item, guess, second);
    }

    private static SharedRating rated(World.Item item) {
        return new SharedRating(0, item.rated(), World.RATED_VARIANCE, 200);
    }

    static long second(int day, int number) {
        return day * DAY + 30L * number;
    }
}
