package dev.devmentor.learning.engine.choice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.learning.engine.choice.Selector.Candidate;
import dev.devmentor.learning.engine.choice.Selector.Choice;
import dev.devmentor.learning.engine.choice.Selector.Situation;
import dev.devmentor.learning.engine.choice.Selector.Standing;
import dev.devmentor.learning.engine.choice.StrategyWeights.Shares;
import dev.devmentor.learning.engine.skill.SkillGraph;
import dev.devmentor.learning.engine.skill.SkillGraph.Built;
import dev.devmentor.learning.engine.skill.SkillGraph.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SelectorTest {
    private static final Selector SELECTOR = Selector.DEFAULT;
    private static final SkillGraph GRAPH = ((Built) SkillGraph.of(List.of(
                    new Node("sql.filtering", List.of(), 0),
                    new Node("sql.joins", List.of("sql.filtering"), 0),
                    new Node("sql.subqueries", List.of("sql.joins"), 0),
                    new Node("git.staging", List.of(), 0))))
            .graph();

    private static Candidate fresh(String item, String skill, double probability) {
        return new Candidate(item, List.of(skill), 0, probability, 0, Double.NaN, false);
    }

    private static Candidate due(String item, String skill, double recall) {
        return new Candidate(item, List.of(skill), 0, 0.8, 0, recall, true);
    }

    private static final List<Candidate> CANDIDATES = List.of(
            due("card-filtering", "sql.filtering", 0.87),
            due("card-joins", "sql.joins", 0.86),
            fresh("q-filtering-1", "sql.filtering", 0.6),
            fresh("q-filtering-2", "sql.filtering", 0.8),
            fresh("q-joins", "sql.joins", 0.55),
            fresh("q-subqueries", "sql.subqueries", 0.3),
            fresh("q-git", "git.staging", 0.74));

    private static final Map<String, Standing> STANDINGS = Map.of(
            "sql.filtering", new Standing(0.4, 0.5, 4),
            "sql.joins", new Standing(0.45, 0.6, 5),
            "sql.subqueries", new Standing(0.3, 0.7, 3),
            "git.staging", new Standing(0.7, 1.1, 0));

    private static final Situation SITUATION = new Situation(GRAPH, CANDIDATES, STANDINGS, List.of("sql.joins"));

    private static Choice offer(Situation situation, Strategy strategy) {
        return Objects.requireNonNull(SELECTOR.offer(situation, strategy));
    }

    private static Shares only(Strategy strategy) {
        List<Double> shares = new ArrayList<>(Collections.nCopies(Strategy.values().length, 0.0));
        shares.set(strategy.ordinal(), 1.0);
        return new Shares(shares);
    }

    @Test
    void aDueReviewIsTheOneThatSettlesMostOthers() {
        Choice choice = offer(SITUATION, Strategy.DUE_REVIEW);

        assertThat(choice.candidate().item()).isEqualTo("card-joins");
        assertThat(choice.reason())
                .isEqualTo(new Reason(
                        Strategy.DUE_REVIEW,
                        "sql.joins",
                        null,
                        0.86,
                        List.of("card-filtering"),
                        "its review is due: you would recall it with 86 %; right, it also settles 1 other due item"));
    }

    @Test
    void theWeakestSkillIsOneWhosePrerequisitesAreThere() {
        Choice choice = offer(SITUATION, Strategy.WEAKEST_SKILL);

        assertThat(choice.candidate().item())
                .as("subqueries are weaker, but need joins; of filtering the question nearest to 75 %")
                .isEqualTo("q-filtering-2");
        assertThat(choice.reason().sentence())
                .isEqualTo(
                        "sql.filtering is the weakest skill that you are ready for: 40 % of its middling questions right");
    }

    @Test
    void theOptimalChallengeIsNearestToTheTarget() {
        Choice choice = offer(SITUATION, Strategy.OPTIMAL_CHALLENGE);

        assertThat(choice.candidate().item()).isEqualTo("q-git");
        assertThat(choice.reason().sentence())
                .isEqualTo("you would get it right with 74 %, nearest to the wanted 75 %");
    }

    @Test
    void aRepairNamesTheSkillThatGoesBadlyAndWhatItIsBuiltOn() {
        Choice choice = offer(SITUATION, Strategy.PREREQUISITE_REPAIR);

        assertThat(choice.reason().skill()).isEqualTo("sql.filtering");
        assertThat(choice.reason().because()).isEqualTo("sql.joins");
        assertThat(choice.reason().sentence())
                .isEqualTo("sql.joins goes badly and builds on sql.filtering, of which you would get 40 % right");
    }

    @Test
    void nothingIsRepairedWhereNothingGoesBadly() {
        Situation fine = new Situation(GRAPH, CANDIDATES, Map.of("sql.joins", new Standing(0.8, 0.4, 9)), List.of());

        assertThat(SELECTOR.offer(fine, Strategy.PREREQUISITE_REPAIR)).isNull();
        Situation untried = new Situation(GRAPH, CANDIDATES, Map.of("sql.joins", new Standing(0.3, 1.1, 0)), List.of());
        assertThat(SELECTOR.offer(untried, Strategy.PREREQUISITE_REPAIR)).isNull();
    }

    @Test
    void explorationGoesWhereLittleIsKnownAndAwayFromTheLastSkills() {
        Choice choice = offer(SITUATION, Strategy.INTERLEAVED_EXPLORATION);

        assertThat(choice.candidate().item()).isEqualTo("q-git");
        assertThat(choice.reason().sentence())
                .isEqualTo(
                        "little is known of git.staging yet (0 answers, uncertain by 1.1 logits), and it is unlike the"
                                + " last ones");
        Situation afterGit = new Situation(GRAPH, CANDIDATES, STANDINGS, List.of("git.staging"));
        assertThat(offer(afterGit, Strategy.INTERLEAVED_EXPLORATION).reason().skill())
                .isEqualTo("sql.subqueries");
    }

    @Test
    void theSkillsOfTheLastQuestionsAreLeftAloneWhereThereAreOthers() {
        Situation afterFiltering = new Situation(GRAPH, CANDIDATES, STANDINGS, List.of("sql.filtering"));

        assertThat(offer(afterFiltering, Strategy.WEAKEST_SKILL).reason().skill())
                .isEqualTo("git.staging");
        Situation nothingElse = new Situation(
                GRAPH, List.of(fresh("only", "git.staging", 0.9)), STANDINGS, List.of("git.staging", "git.staging"));
        assertThat(offer(nothingElse, Strategy.OPTIMAL_CHALLENGE).candidate().item())
                .isEqualTo("only");
    }

    @Test
    void whatCanBeGuessedTellsLessOfTheSkill() {
        Candidate guessed = new Candidate("guess", List.of("git.staging"), 0, 0.6, 0.5, Double.NaN, false);
        Candidate written = new Candidate("written", List.of("git.staging"), 0, 0.8, 0, Double.NaN, false);
        Situation two = new Situation(GRAPH, List.of(guessed, written), STANDINGS, List.of());

        assertThat(offer(two, Strategy.INTERLEAVED_EXPLORATION).candidate().item())
                .isEqualTo("written");
    }

    @Test
    void strategiesWithoutAnOfferLeaveTheirShareToTheOthers() {
        Situation two = new Situation(
                GRAPH,
                List.of(fresh("only", "git.staging", 0.9)),
                Map.of("git.staging", new Standing(0.9, 0.3, 9)),
                List.of());

        assertThat(SELECTOR.offers(two).keySet())
                .containsExactly(Strategy.WEAKEST_SKILL, Strategy.OPTIMAL_CHALLENGE, Strategy.INTERLEAVED_EXPLORATION);
        Choice choice = Objects.requireNonNull(SELECTOR.choose(two, only(Strategy.DUE_REVIEW), 7));
        assertThat(choice.candidate().item()).isEqualTo("only");
        assertThat(SELECTOR.choose(new Situation(GRAPH, List.of(), Map.of(), List.of()), Shares.EVEN, 7))
                .isNull();
    }

    @Test
    void overManySeedsEachStrategyIsDrawnByItsShare() {
        Shares shares = new Shares(List.of(0.4, 0.1, 0.1, 0.3, 0.1));
        int[] drawn = new int[Strategy.values().length];
        for (int seed = 0; seed < 10_000; seed++) {
            drawn[
                    Objects.requireNonNull(SELECTOR.choose(SITUATION, shares, seed))
                            .reason()
                            .strategy()
                            .ordinal()]++;
        }
        assertThat(drawn[0]).isBetween(3_850, 4_150);
        assertThat(drawn[3]).isBetween(2_850, 3_150);
        assertThat(drawn[4]).isBetween(900, 1_100);
    }

    @Test
    void theOrderOfTheCandidatesDoesNotMatter() {
        List<Candidate> turned = new ArrayList<>(CANDIDATES);
        Collections.reverse(turned);
        Situation other = new Situation(GRAPH, turned, STANDINGS, List.of("sql.joins"));

        for (int seed = 0; seed < 50; seed++) {
            assertThat(SELECTOR.choose(other, Shares.EVEN, seed))
                    .isEqualTo(SELECTOR.choose(SITUATION, Shares.EVEN, seed));
        }
    }

    @Test
    void namesOnTheWireAreTheStrategies() {
        assertThat(Strategy.ofWireName("prerequisite-repair")).isEqualTo(Strategy.PREREQUISITE_REPAIR);
        assertThat(Strategy.ofWireName("by-hand")).isNull();
        assertThat(Strategy.ofWireName(null)).isNull();
    }
}
