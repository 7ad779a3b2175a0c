package dev.devmentor.learning.engine.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.devmentor.learning.engine.rating.Rating.Step;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RatingTest {

    private static final SharedRating EASY_TO_COUNT = new SharedRating(0, 0, 0.9999, 1);

    @Test
    void knowsNothingOfSomebodyNew() {
        assertThat(Rating.expect(Questions.known(PersonRating.NEW, 0, 0)).probability())
                .isEqualTo(0.5);
    }

    @Test
    void anAnswerMovesAbilityByItsShareOfTheVariance() {
        // V = 1 + 1e-4 + .9999 = 2, p = 1/2, w = 1/4: gain 1 / (1 + 2/4) = 2/3, step 2/3 * 1/2 = 1/3
        Step step = Rating.answered(Questions.ofItem(PersonRating.NEW, EASY_TO_COUNT, 0, 0), true);
        assertThat(step.person().ability().mean()).isEqualTo(1 / 3.0, within(1e-12));
        assertThat(step.person().ability().variance()).isEqualTo(1 - 0.25 / 1.5, within(1e-12));
        assertThat(step.person().wins()).isEqualTo(1);
        assertThat(step.memory()).isEqualTo(new ItemMemory(1, 0, true, 0));
    }

    @Test
    void anAnswerLeavesEvidenceForTheItemInWholeUnits() {
        Step step = Rating.answered(Questions.ofItem(PersonRating.NEW, EASY_TO_COUNT, 0, 0), true);
        // dilution by the rest of the variance: 1 + (2 - .9999)/4
        double others = 1 + 0.25 * 1.0001;
        assertThat(step.item())
                .isEqualTo(new Evidence(1, Math.round(-0.5 / others * 0x1p32), Math.round(0.25 / others * 0x1p32)));
    }

    @Test
    void aRightAnswerCountsForLessWhereItCouldBeGuessed() {
        Question open = Questions.ofItem(PersonRating.NEW, EASY_TO_COUNT, 0, 0);
        Question choice = Questions.ofItem(PersonRating.NEW, EASY_TO_COUNT, 0.25, 0);
        assertThat(Rating.expect(choice).probability()).isEqualTo(0.625);
        double openGain = Rating.answered(open, true).person().ability().mean();
        double choiceGain = Rating.answered(choice, true).person().ability().mean();
        assertThat(choiceGain).isPositive().isLessThan(openGain);
        // slope .375 * .375 / .75 = .1875, p (1 - p) = .234375: score .3, information .15
        assertThat(choiceGain).isEqualTo(0.3 / 1.3, within(1e-12));
    }

    @Test
    void predictionsNeverFallBelowTheChanceOfGuessing() {
        SharedRating impossible = new SharedRating(0, 6, 0.01, 100);
        assertThat(Rating.expect(Questions.ofItem(PersonRating.NEW, impossible, 0.25, 0))
                        .probability())
                .isBetween(0.25, 0.26);
    }

    @Test
    void uncertaintyShrinksWithEvidence() {
        PersonRating person = PersonRating.NEW;
        double before = person.ability().variance();
        for (int i = 0; i < 40; i++) {
            // as expected: three of four at a difficulty where that is so
            person = Rating.answered(Questions.known(person, person.ability().mean() - 1.0986, i), i % 4 != 3)
                    .person();
        }
        assertThat(person.ability().variance()).isLessThan(before / 5);
    }

    @Test
    void aSurpriseRaisesUncertainty() {
        PersonRating person = settled();
        double calm = person.ability().variance();
        double most = calm;
        for (int i = 0; i < 12; i++) {
            person = Rating.answered(Questions.known(person, person.ability().mean() - 1.0986, 1_000 + i), false)
                    .person();
            most = Math.max(most, person.ability().variance());
        }
        assertThat(most).isGreaterThan(3 * calm).isLessThanOrEqualTo(1);
    }

    @Test
    void absenceRaisesUncertaintyUpToThatOfAStranger() {
        PersonRating person = settled();
        double now = Rating.expect(Questions.known(person, 0, 1_000)).variance();
        double month =
                Rating.expect(Questions.known(person, 0, 1_000 + 30 * 86_400)).variance();
        double century =
                Rating.expect(Questions.known(person, 0, 36_500L * 86_400)).variance();
        assertThat(month - now).isEqualTo(0.03, within(1e-3));
        assertThat(century).isEqualTo(1 + 2e-4, within(1e-12));
    }

    @Test
    void aClockThatWentBackCountsAsNoTime() {
        PersonRating person = settled();
        assertThat(Rating.expect(Questions.known(person, 0, 0)))
                .isEqualTo(Rating.expect(Questions.known(person, 0, person.lastSecond())));
        assertThat(Rating.answered(Questions.known(person, 0, 0), true).person().lastSecond())
                .isEqualTo(person.lastSecond());
    }

    @Test
    void aSkillLearnsWhatGlobalAbilityDoesNotExplain() {
        PersonRating person = PersonRating.NEW;
        SkillRating good = SkillRating.NEW;
        SkillRating bad = SkillRating.NEW;
        for (int i = 0; i < 30; i++) {
            Step right = Rating.answered(of(person, good, i), true);
            good = right.skills().getFirst();
            Step wrong = Rating.answered(of(right.person(), bad, i), false);
            bad = wrong.skills().getFirst();
            person = wrong.person();
        }
        assertThat(good.deviation().mean()).isGreaterThan(0.7);
        assertThat(bad.deviation().mean()).isLessThan(-0.7);
        assertThat(person.ability().mean()).isBetween(-0.7, 0.7);
        assertThat(good.wins()).isEqualTo(30);
    }

    @Test
    void staysFiniteWhateverIsAnswered() {
        SplittableRandom random = new SplittableRandom(1);
        PersonRating person = PersonRating.NEW;
        SkillRating skill = SkillRating.NEW;
        for (int i = 0; i < 100_000; i++) {
            boolean right = i % 1_000 < 500;
            SharedRating item = new SharedRating(0, random.nextDouble(-6, 6), random.nextDouble(1e-4, 1), 5);
            Step step = Rating.answered(
                    new Question(
                            person,
                            List.of(skill),
                            ItemMemory.NEW,
                            SharedRating.ROOT,
                            List.of(SharedRating.SKILL),
                            item,
                            random.nextDouble(0, 0.9),
                            random.nextLong(1L << 40)),
                    right);
            person = step.person();
            skill = step.skills().getFirst();
            assertThat(step.expectation().probability()).isStrictlyBetween(0.0, 1.0);
            assertThat(person.ability().variance()).isBetween(1e-6, Rating.ABILITY_VARIANCE);
            assertThat(skill.deviation().variance()).isBetween(1e-6, Rating.DEVIATION_VARIANCE);
            assertThat(person.ability().mean()).isBetween(-Track.LIMIT, Track.LIMIT);
        }
    }

    @Test
    void refusesAQuestionThatMakesNoSense() {
        assertThatThrownBy(() -> Questions.ofItem(PersonRating.NEW, SharedRating.ITEM, 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a chance of guessing of 1.0");
        assertThatThrownBy(() -> new Question(
                        PersonRating.NEW,
                        List.of(SkillRating.NEW),
                        ItemMemory.NEW,
                        SharedRating.ROOT,
                        List.of(),
                        SharedRating.ITEM,
                        0,
                        0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 skills, but 0 difficulties of skills");
    }

    private static Question of(PersonRating person, SkillRating skill, long second) {
        return new Question(
                person,
                List.of(skill),
                ItemMemory.NEW,
                Questions.KNOWN,
                List.of(Questions.KNOWN),
                Questions.KNOWN,
                0,
                second);
    }

    /** Eighty answers as expected. */
    private static PersonRating settled() {
        PersonRating person = PersonRating.NEW;
        for (int i = 0; i < 80; i++) {
            person = Rating.answered(Questions.known(person, person.ability().mean() - 1.0986, i), i % 4 != 3)
                    .person();
        }
        return person;
    }
}
