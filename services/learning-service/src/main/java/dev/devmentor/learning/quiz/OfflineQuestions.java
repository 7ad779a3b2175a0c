package dev.devmentor.learning.quiz;

import dev.devmentor.events.Bloom;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.learning.bank.Question;
import dev.devmentor.learning.bank.QuestionType;
import dev.devmentor.learning.engine.text.MadeQuestions;
import dev.devmentor.learning.engine.text.TextQuestion;
import dev.devmentor.learning.engine.text.TextQuestion.About;
import dev.devmentor.learning.engine.text.TextQuestions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes questions of a text without asking anybody: the engine finds them, here they become questions like those of the bank. */
@ApplicationScoped
class OfflineQuestions implements QuestionsFromText {
    /** What the item of a question of a learner's own text begins with. */
    static final String ITEM = "own:";

    private static final Map<QuestionType, TextQuestion.Kind> KINDS = new EnumMap<>(Map.of(
            QuestionType.FILL_IN, TextQuestion.Kind.CLOZE,
            QuestionType.SINGLE_CHOICE, TextQuestion.Kind.SINGLE_CHOICE,
            QuestionType.MULTIPLE_CHOICE, TextQuestion.Kind.MULTIPLE_CHOICE));

    @Override
    public Set<QuestionType> types() {
        return KINDS.keySet();
    }

    @Override
    public Made make(String text, String title, List<String> skills, int size, Set<QuestionType> types) {
        Set<TextQuestion.Kind> kinds = new HashSet<>();
        KINDS.forEach((type, kind) -> {
            if (types.contains(type)) {
                kinds.add(kind);
            }
        });
        MadeQuestions made = TextQuestions.of(text, size, kinds);
        return new Made(
                made.questions().stream()
                        .map(question -> question(question, title, skills))
                        .toList(),
                made.shortage());
    }

    private static Question question(TextQuestion made, String title, List<String> skills) {
        boolean cloze = made.kind() == TextQuestion.Kind.CLOZE;
        boolean ofMeaning = made.about() == About.MEANING || made.about() == About.DEFINED_TERM;
        String answer = cloze
                ? made.answers().getFirst()
                : made.options().stream()
                        .filter(TextQuestion.Option::correct)
                        .map(TextQuestion.Option::text)
                        .reduce("", (all, text) -> all + "\n" + text);
        return new Question(
                ITEM + EventEncoder.contentId("own-question", made.kind().name(), made.prompt(), answer),
                "own",
                switch (made.kind()) {
                    case CLOZE -> QuestionType.FILL_IN;
                    case SINGLE_CHOICE -> QuestionType.SINGLE_CHOICE;
                    case MULTIPLE_CHOICE -> QuestionType.MULTIPLE_CHOICE;
                },
                ofMeaning ? Bloom.UNDERSTAND : Bloom.REMEMBER,
                // Nobody has answered it yet: typing a word is harder than recognising it, and that is all that is
                // known.
                switch (made.kind()) {
                    case CLOZE -> 0.5;
                    case SINGLE_CHOICE -> 0.35;
                    case MULTIPLE_CHOICE -> 0.45;
                },
                cloze ? 30 : 35,
                skills,
                made.hint() == null ? made.prompt() : made.prompt() + "\n\n(" + made.hint() + ")",
                null,
                made.options().stream()
                        .map(option -> new Question.Option(option.text(), option.correct(), option.why()))
                        .toList(),
                List.of(),
                List.of(),
                cloze ? List.of(new Question.Blank(made.answers(), null, List.of())) : List.of(),
                List.of(),
                null,
                "> " + made.evidence(),
                new Question.Source(title, ""));
    }
}
