package dev.devmentor.learning.skill;

import dev.devmentor.events.Bloom;
import dev.devmentor.learning.bank.Goals;
import dev.devmentor.learning.bank.Question;
import dev.devmentor.learning.bank.QuestionBank;
import dev.devmentor.learning.bank.QuestionType;
import dev.devmentor.learning.bank.Skill;
import dev.devmentor.learning.bank.SkillFinder;
import dev.devmentor.learning.engine.skill.SkillGraph;
import dev.devmentor.learning.engine.skill.SkillGraph.Built;
import dev.devmentor.learning.engine.skill.SkillGraph.Node;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The skills that there are: questions, graph, names and goals. Read when it is first asked for. */
@ApplicationScoped
public class SkillCatalogue {
    /** Items of the bank have this before their question's id. */
    public static final String BANK_ITEM = "bank:";

    private static final List<Bloom> BLOOM = List.of(Bloom.values());

    private @Nullable Catalogue catalogue;

    private record Catalogue(QuestionBank bank, Goals goals, SkillGraph graph) {}

    /** The question bank. */
    public QuestionBank bank() {
        return read().bank();
    }

    /** Ready-made goals, and what texts ask for. */
    public Goals goals() {
        return read().goals();
    }

    /** The skills of the bank and their prerequisites. */
    public SkillGraph graph() {
        return read().graph();
    }

    /** The question of an item; null if it isn't one of the bank. */
    public @Nullable Question question(String item) {
        return item.startsWith(BANK_ITEM) ? bank().question(item.substring(BANK_ITEM.length())) : null;
    }

    /** The chance of a right answer by guessing. */
    public static double guess(Question question) {
        boolean oneOf = question.type() == QuestionType.SINGLE_CHOICE || question.type() == QuestionType.SPOT_THE_BUG;
        return oneOf ? 1.0 / question.options().size() : 0;
    }

    private synchronized Catalogue read() {
        Catalogue known = catalogue;
        if (known == null) {
            QuestionBank bank = QuestionBank.shipped();
            known = new Catalogue(bank, Goals.shipped(bank, SkillFinder.shipped(bank)), graph(bank));
            catalogue = known;
        }
        return known;
    }

    private static SkillGraph graph(QuestionBank bank) {
        List<Node> nodes =
                bank.skills().stream().map(skill -> node(bank, skill)).toList();
        return switch (SkillGraph.of(nodes)) {
            case Built(SkillGraph graph) -> graph;
            case SkillGraph.Outcome broken ->
                throw new IllegalStateException("the bank's skills are no graph: " + broken);
        };
    }

    private static Node node(QuestionBank bank, Skill skill) {
        int bloom = bank.ofSkill(skill.id()).stream()
                .mapToInt(question -> BLOOM.indexOf(question.bloom()) + 1)
                .max()
                .orElse(0);
        return new Node(skill.id(), skill.prerequisites(), bloom);
    }
}
