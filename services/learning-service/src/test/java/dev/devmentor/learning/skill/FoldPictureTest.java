package dev.devmentor.learning.skill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.learning.engine.choice.Strategy;
import dev.devmentor.learning.engine.choice.StrategyWeights;
import dev.devmentor.learning.skill.AnswerTable.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoldPictureTest {
    private static final long MINUTE = 60_000_000;
    private static final long DAY = 24 * 60 * MINUTE;
    private static final SkillCatalogue CATALOGUE = new SkillCatalogue();
    private static final FoldPicture PICTURES = new FoldPicture(CATALOGUE, new AnswerTable());

    private static List<String> itemsOf(String skill) {
        return CATALOGUE.bank().ofSkill(skill).stream()
                .filter(question -> question.skills().getFirst().equals(skill))
                .map(question -> SkillCatalogue.BANK_ITEM + question.id())
                .toList();
    }

    private static Answer answer(String item, long at, boolean correct, String strategy) {
        return new Answer(item, List.of("other"), at, correct, Double.NaN, strategy);
    }

    @Test
    void nobodyIsAnAverageDeveloperOfWhomNothingIsKnown() {
        Picture nobody = PICTURES.ofNobody();

        assertThat(nobody.ratings().ability("kafka.topics")).isZero();
        assertThat(nobody.ratings().uncertainty("kafka.topics")).isGreaterThan(1);
        assertThat(nobody.ratings().lastSeenMicros("kafka.topics")).isEqualTo(Ratings.NEVER);
        assertThat(nobody.weights()).isEqualTo(StrategyWeights.INITIAL);
    }

    @Test
    void aQuestionOfTheBankCountsForTheBanksSkillsWhateverTheAnswerNames() {
        String item = itemsOf("kafka.topics").getFirst();

        Picture picture = PICTURES.of(List.of(answer(item, DAY, true, null)));

        assertThat(picture.ratings().ability("kafka.topics")).isPositive();
        assertThat(picture.ratings().answers("kafka.topics")).isEqualTo(1);
        assertThat(picture.ratings().lastSeenMicros("kafka.topics")).isEqualTo(DAY);
        assertThat(picture.answeredSkills()).contains("kafka.topics").doesNotContain("other");
        assertThat(picture.recent()).containsExactly("kafka.topics");
    }

    @Test
    void rememberingAQuestionProvesLessThanAnsweringANewOne() {
        List<String> items = itemsOf("kafka.partitions");
        List<Answer> again = new ArrayList<>();
        List<Answer> fresh = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            again.add(answer(items.getFirst(), DAY + i * MINUTE, true, null));
            fresh.add(answer(items.get(i), DAY + i * MINUTE, true, null));
        }

        assertThat(PICTURES.of(again).ratings().ability("kafka.partitions"))
                .isLessThan(PICTURES.of(fresh).ratings().ability("kafka.partitions") - 0.2);
    }

    @Test
    void aRightAnswerCreditsWhatItIsBuiltOnUntilThatIsAnsweredItself() {
        String offsets = itemsOf("kafka.offsets").getFirst();
        String consumers = itemsOf("kafka.consumers").getFirst();

        Picture one = PICTURES.of(List.of(answer(offsets, DAY, true, null)));
        Picture both = PICTURES.of(List.of(answer(offsets, DAY, true, null), answer(consumers, 2 * DAY, true, null)));

        assertThat(one.credit().of("kafka.consumers", DAY)).isEqualTo(0.5);
        assertThat(one.credit().of("kafka.consumers", 8 * DAY)).isEqualTo(0.25);
        assertThat(both.credit().of("kafka.consumers", 2 * DAY)).isZero();
    }

    @Test
    void aStrategyWhoseQuestionsAreFollowedByRightAnswersHasHelpedMore() {
        List<Answer> log = new ArrayList<>();
        long at = DAY;
        List<String> skills = CATALOGUE.graph().order().stream()
                .filter(skill -> itemsOf(skill).size() >= 2)
                .limit(12)
                .toList();
        for (int i = 0; i < skills.size(); i++) {
            boolean helped = i % 2 == 0;
            List<String> items = itemsOf(skills.get(i));
            log.add(answer(items.get(0), at += MINUTE, false, helped ? "weakest-skill" : "optimal-challenge"));
            log.add(answer(items.get(1), at += MINUTE, helped, null));
        }
        StrategyWeights weights = PICTURES.of(log).weights();

        assertThat(weights.meanHelp(Strategy.WEAKEST_SKILL))
                .isGreaterThan(weights.meanHelp(Strategy.OPTIMAL_CHALLENGE));
    }
}
