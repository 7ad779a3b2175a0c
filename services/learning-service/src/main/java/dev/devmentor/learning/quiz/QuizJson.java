package dev.devmentor.learning.quiz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.devmentor.events.Bloom;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.learning.bank.Question;
import dev.devmentor.learning.bank.QuestionType;
import dev.devmentor.learning.hint.HintNote;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;

/** Questions and answers as the tables keep them. What a later version adds is left out when an older one reads it. */
@RegisterForReflection(
        targets = {
            AskedQuestion.class,
            HintNote.class,
            GivenAnswer.class,
            GradedAnswer.class,
            Question.class,
            Question.Option.class,
            Question.Blank.class,
            Question.Mistake.class,
            Question.RubricPoint.class,
            Question.Code.class,
            Question.Run.class,
            QuestionType.class,
            Bloom.class,
            Question.Source.class
        })
final class QuizJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final TypeReference<List<AskedQuestion>> QUESTIONS = new TypeReference<>() {};
    private static final TypeReference<Map<String, GradedAnswer>> ANSWERS = new TypeReference<>() {};
    private static final int VERSION_DIGITS = 12;

    private QuizJson() {}

    static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("records of texts and numbers can be written", impossible);
        }
    }

    static List<AskedQuestion> questions(String json) {
        try {
            return JSON.readValue(json, QUESTIONS);
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("a quiz with unreadable questions", damaged);
        }
    }

    static Map<String, GradedAnswer> answers(String json) {
        try {
            return JSON.readValue(json, ANSWERS);
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("a quiz with unreadable answers", damaged);
        }
    }

    static Question question(String json) {
        try {
            return JSON.readValue(json, Question.class);
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("an unreadable question", damaged);
        }
    }

    /** The version of a question: it changes with every word of it. */
    static String version(Question question) {
        return EventEncoder.contentId("question", write(question)).substring(0, VERSION_DIGITS);
    }
}
