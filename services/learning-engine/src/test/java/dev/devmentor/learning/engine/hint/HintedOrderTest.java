package dev.devmentor.learning.engine.hint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.learning.engine.hint.Hint.Kind;
import dev.devmentor.learning.engine.hint.Hint.State;
import dev.devmentor.learning.engine.hint.HintedOrder.Placed;
import dev.devmentor.learning.engine.hint.HintedOrder.Question;
import dev.devmentor.learning.engine.hint.HintedOrder.Room;
import dev.devmentor.learning.engine.hint.HintedOrder.Rules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HintedOrderTest {
    private static final long HOUR = 3_600_000_000L;
    private static final long NOW = 1_000 * HOUR;
    private static final Missed NOTHING = Missed.NOTHING;
    private static final double FOREVER = Double.POSITIVE_INFINITY;

    private static Question due(String item) {
        return new Question(item, List.of("s-" + item), true, false, NOW - 100 * HOUR, 60);
    }

    private static Question fresh(String item) {
        return new Question(item, List.of("s-" + item), false, false, HintedOrder.NEVER, 60);
    }

    private static Question answered(String item, int hoursAgo) {
        return new Question(item, List.of("s-" + item), false, false, NOW - hoursAgo * HOUR, 60);
    }

    private static Question pathStep(String item) {
        return new Question(item, List.of("s-" + item), false, true, HintedOrder.NEVER, 60);
    }

    private static Hint confusion(String one, String two) {
        return new Hint(
                "c-" + one + two, Kind.CONFUSION, State.ACTIVE, 0.9, List.of(one, two), List.of(), List.of(), 0);
    }

    private static Hint mistake(String one, String two) {
        return new Hint("m-" + one + two, Kind.MISTAKE, State.ACTIVE, 0.9, List.of(one, two), List.of(), List.of(), 0);
    }

    private static Hint skills(String one, String two) {
        return new Hint("k-" + one + two, Kind.MISTAKE, State.ACTIVE, 0.9, List.of(), List.of(one, two), List.of(), 0);
    }

    private static Missed missed(String... items) {
        return new Missed(Set.of(items), Set.of());
    }

    private static List<Placed> order(
            List<Question> chosen, List<Question> others, int size, Missed missed, Hint... hints) {
        return HintedOrder.of(chosen, others, new Rules(List.of(hints), missed, true, NOW), new Room(size, FOREVER));
    }

    private static String items(List<Placed> placed) {
        return String.join(
                " ",
                placed.stream()
                        .map(each ->
                                each.question().item() + (each.brought() ? "!" : each.because() != null ? "*" : ""))
                        .toList());
    }

    @Test
    void withoutHintsNothingChanges() {
        assertThat(items(order(List.of(due("a"), fresh("b"), fresh("c")), List.of(fresh("d")), 10, missed("a"))))
                .isEqualTo("a b c");
    }

    @Test
    void twoThatAreMixedUpAreMovedNextToEachOther() {
        List<Placed> placed =
                order(List.of(due("a"), due("x"), due("y"), due("b")), List.of(), 4, NOTHING, confusion("b", "a"));

        assertThat(items(placed)).isEqualTo("a b* x y");
        assertThat(placed.get(1).because()).isEqualTo(new HintedOrder.Because(confusion("b", "a"), "a", false));
    }

    @Test
    void twoThatStandTogetherAnywayStayAsTheyAre() {
        assertThat(items(order(
                        List.of(due("x"), due("a"), due("b"), due("c")),
                        List.of(),
                        4,
                        NOTHING,
                        confusion("a", "b"),
                        confusion("a", "c"))))
                .as("nor does anything come between them")
                .isEqualTo("x a b c");
    }

    @ParameterizedTest
    @CsvSource({"24,a b! x y", "23,a x y z"})
    void aPartnerThatIsNotDueComesInOnceADayIsOver(int hoursAgo, String expected) {
        List<Question> chosen = List.of(due("a"), fresh("x"), fresh("y"), fresh("z"));

        assertThat(items(order(chosen, List.of(answered("b", hoursAgo)), 4, NOTHING, confusion("a", "b"))))
                .isEqualTo(expected);
    }

    @Test
    void whatComesInTakesThePlaceOfTheLastThatIsNotDue() {
        assertThat(items(order(
                        List.of(fresh("x"), due("a"), fresh("y"), due("z")),
                        List.of(fresh("b")),
                        4,
                        NOTHING,
                        confusion("a", "b"))))
                .isEqualTo("x a b! z");
    }

    @Test
    void noDueReviewWaitsForAHint() {
        List<Question> allDue = List.of(due("a"), due("x"), due("y"), due("z"));

        assertThat(items(order(allDue, List.of(answered("b", 48)), 4, NOTHING, confusion("a", "b"))))
                .isEqualTo("a x y z");
        assertThat(items(order(allDue, List.of(due("b")), 4, NOTHING, confusion("a", "b"))))
                .as("a due one for a due one")
                .isEqualTo("a b! x y");
    }

    @Test
    void whereThereIsRoomNothingLeaves() {
        assertThat(items(order(
                        List.of(due("a"), due("x"), due("y")),
                        List.of(answered("b", 48)),
                        10,
                        NOTHING,
                        confusion("a", "b"))))
                .isEqualTo("a b! x y");
    }

    @Test
    void whatComesInHasToFitIntoTheTimeToo() {
        List<Question> chosen = List.of(due("a"), due("x"), fresh("y"), fresh("z"));
        Question longOne = new Question("b", List.of("s"), false, false, NOW - 48 * HOUR, 110);
        Rules rules = new Rules(List.of(confusion("a", "b")), NOTHING, true, NOW);

        assertThat(items(HintedOrder.of(chosen, List.of(longOne), rules, new Room(10, 240))))
                .as("110 seconds take the place of two of 60")
                .isEqualTo("a b! x");
        assertThat(items(HintedOrder.of(chosen, List.of(longOne), rules, new Room(10, 229))))
                .isEqualTo("a x y z");
    }

    @Test
    void atMostAQuarterRoundedUpComesIn() {
        List<Hint> hints = new ArrayList<>();
        List<Question> others = new ArrayList<>();
        List<Question> chosen = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            chosen.add(fresh("a" + i));
            others.add(fresh("b" + i));
            hints.add(confusion("a" + i, "b" + i));
        }

        List<Placed> placed = order(chosen, others, 9, NOTHING, hints.toArray(Hint[]::new));

        assertThat(items(placed)).isEqualTo("a0 b0! a1 b1! a2 b2! a3 a4 a5");
        assertThat(HintedOrder.quota(1)).isZero();
        assertThat(HintedOrder.quota(2)).isEqualTo(1);
        assertThat(HintedOrder.quota(4)).isEqualTo(1);
        assertThat(HintedOrder.quota(5)).isEqualTo(2);
    }

    @Test
    void intoAListOfOneNothingComes() {
        assertThat(items(order(List.of(fresh("a")), List.of(fresh("b")), 1, NOTHING, confusion("a", "b"))))
                .isEqualTo("a");
    }

    @Test
    void whatIsNotAmongTheOthersIsNotBroughtIn() {
        assertThat(items(order(List.of(fresh("a"), fresh("x")), List.of(), 2, NOTHING, confusion("a", "b"))))
                .isEqualTo("a x");
    }

    @Test
    void wherePartnersMayNotComeInQuestionsOnlyMove() {
        Rules rules = new Rules(List.of(confusion("a", "b"), confusion("x", "z")), NOTHING, false, NOW);

        assertThat(items(HintedOrder.of(
                        List.of(due("a"), due("x"), due("b")), List.of(due("z")), rules, new Room(10, FOREVER))))
                .isEqualTo("a b* x");
    }

    @Test
    void ofTwoThatGoWrongTogetherTheOtherComesForwardOnceOneWasMissed() {
        List<Question> chosen = List.of(due("x"), due("y"), due("b"));

        List<Placed> placed = order(chosen, List.of(), 3, missed("a"), mistake("a", "b"));

        assertThat(items(placed)).isEqualTo("b* x y");
        assertThat(placed.getFirst().because()).isEqualTo(new HintedOrder.Because(mistake("a", "b"), "a", false));
        assertThat(items(order(chosen, List.of(), 3, NOTHING, mistake("a", "b"))))
                .isEqualTo("x y b");
        assertThat(items(order(chosen, List.of(), 3, missed("a", "b"), mistake("a", "b"))))
                .as("both were missed: both come up again anyway")
                .isEqualTo("x y b");
    }

    @Test
    void whatWasNotChosenComesInAtTheFront() {
        assertThat(items(order(
                        List.of(pathStep("p"), due("x"), fresh("y"), fresh("z")),
                        List.of(answered("b", 30)),
                        4,
                        missed("a"),
                        mistake("b", "a"))))
                .isEqualTo("p b! x y");
    }

    @Test
    void ofSkillsAQuestionOfTheOtherOneComesForward() {
        Missed missed = new Missed(Set.of("q"), Set.of("s-q"));

        assertThat(items(order(List.of(due("x"), due("y"), due("b")), List.of(), 3, missed, skills("s-b", "s-q"))))
                .isEqualTo("b* x y");
        List<Placed> placed =
                order(List.of(due("x"), fresh("y")), List.of(fresh("b"), fresh("c")), 2, missed, skills("s-b", "s-q"));
        assertThat(items(placed)).isEqualTo("b! x");
        assertThat(placed.getFirst().because()).isEqualTo(new HintedOrder.Because(skills("s-b", "s-q"), "s-q", true));
    }

    @Test
    void stepsOfAPathStayAtTheFront() {
        assertThat(items(order(
                        List.of(pathStep("p"), pathStep("q"), due("x"), due("b")),
                        List.of(),
                        4,
                        missed("m"),
                        confusion("q", "b"),
                        confusion("p", "x"),
                        mistake("m", "x"))))
                .as("behind the last of them there is room; x is at the front of what may move already")
                .isEqualTo("p q b* x");
    }

    @Test
    void theSurestHintComesFirst() {
        Hint sure = new Hint("z", Kind.CONFUSION, State.ACTIVE, 0.99, List.of("a", "c"), List.of(), List.of(), 0);

        assertThat(items(order(
                        List.of(due("a"), due("b"), due("x"), due("c")),
                        List.of(),
                        4,
                        NOTHING,
                        confusion("a", "x"),
                        sure)))
                .isEqualTo("a c* b x");
    }

    @Test
    void whateverTheHintsAreTheBoundsHold() {
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            List<Question> all = new ArrayList<>();
            int count = 2 + random.nextInt(14);
            for (int i = 0; i < count; i++) {
                boolean due = random.nextInt(3) == 0;
                long last = due || random.nextBoolean() ? NOW - random.nextInt(60) * HOUR : HintedOrder.NEVER;
                all.add(new Question(
                        "i" + i, List.of("s" + random.nextInt(4)), due, false, last, 10 + random.nextInt(50)));
            }
            int size = 1 + random.nextInt(count);
            List<Question> chosen = new ArrayList<>(all.subList(0, random.nextInt(size + 1)));
            int steps = random.nextInt(3);
            for (int i = 0; i < Math.min(steps, chosen.size()); i++) {
                Question step = chosen.get(i);
                chosen.set(i, new Question(step.item(), step.skills(), false, true, step.lastMicros(), step.seconds()));
            }
            List<Question> others = all.subList(chosen.size(), count);
            double taken = chosen.stream().mapToDouble(Question::seconds).sum();
            double seconds = random.nextBoolean() ? FOREVER : taken + random.nextInt(40);
            Hint[] hints = new Hint[random.nextInt(8)];
            for (int i = 0; i < hints.length; i++) {
                String one = "i" + random.nextInt(count);
                String two = "i" + random.nextInt(count);
                hints[i] = switch (random.nextInt(3)) {
                    case 0 -> confusion(one, two);
                    case 1 -> mistake(one, two);
                    default -> skills("s" + random.nextInt(4), "s" + random.nextInt(4));
                };
            }
            Missed missed = new Missed(Set.of("i" + random.nextInt(count)), Set.of("s" + random.nextInt(4)));
            Rules rules = new Rules(Arrays.asList(hints), missed, true, NOW);

            List<Placed> placed = HintedOrder.of(chosen, others, rules, new Room(size, seconds));

            String what = "seed " + seed;
            assertThat(placed).as(what).isEqualTo(HintedOrder.of(chosen, others, rules, new Room(size, seconds)));
            assertThat(placed).as(what).hasSizeLessThanOrEqualTo(size);
            assertThat(placed.stream().map(Placed::question).distinct().count())
                    .as(what)
                    .isEqualTo(placed.size());
            assertThat(placed.stream()
                            .mapToDouble(each -> each.question().seconds())
                            .sum())
                    .as(what)
                    .isLessThanOrEqualTo(seconds);
            long brought = placed.stream().filter(Placed::brought).count();
            assertThat(brought).as(what).isLessThanOrEqualTo(HintedOrder.quota(placed.size()));
            assertThat(placed.stream().filter(each -> each.question().due()).count())
                    .as("due ones of " + what)
                    .isGreaterThanOrEqualTo(
                            chosen.stream().filter(Question::due).count());
            Set<Question> left = new HashSet<>(chosen);
            placed.forEach(each -> left.remove(each.question()));
            assertThat(left.stream().filter(Question::fixed)).as(what).isEmpty();
            long leadingSteps =
                    placed.stream().takeWhile(each -> each.question().fixed()).count();
            assertThat(leadingSteps)
                    .as(what)
                    .isEqualTo(chosen.stream().filter(Question::fixed).count());
            assertThat(placed.stream()
                            .filter(each -> each.brought() && each.because() == null)
                            .count())
                    .as(what)
                    .isZero();
            contrastsStandTogether(placed, what);
        }
    }

    private static void contrastsStandTogether(List<Placed> placed, String what) {
        Stream.iterate(1, i -> i < placed.size(), i -> i + 1).forEach(i -> {
            HintedOrder.Because because = placed.get(i).because();
            if (because != null && because.hint().kind() == Kind.CONFUSION) {
                Question before = placed.get(i - 1).question();
                assertThat(before.item()).as(what).isEqualTo(because.other());
            }
        });
        assertThat(placed.isEmpty()
                        || placed.getFirst().because() == null
                        || Objects.requireNonNull(placed.getFirst().because())
                                        .hint()
                                        .kind()
                                == Kind.MISTAKE)
                .as(what)
                .isTrue();
    }
}
