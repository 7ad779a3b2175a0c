package dev.devmentor.learning.review;

import dev.devmentor.events.QuizAnswered;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.learning.log.AnswerDetail;
import dev.devmentor.learning.log.EntryKind;
import dev.devmentor.learning.log.LogEntry;
import org.jspecify.annotations.Nullable;

/** Answers as entries of the log. */
final class Answers {
    private Answers() {}

    static LogEntry toEntry(String source, String eventId, QuizAnswered answer, @Nullable String traceparent) {
        return new LogEntry(
                answer.learner(),
                EntryKind.ANSWER,
                Micros.of(answer.answeredAt()),
                false,
                source,
                eventId,
                answer.item(),
                answer.answerId(),
                answer.zone() == null ? null : answer.zone().getId(),
                answer.effectiveGrade(),
                answer.responseTimeMs() == null ? -1 : answer.responseTimeMs(),
                0,
                answer.skills(),
                answer.quiz(),
                answer.bloom() == null ? LogEntry.NO_BLOOM : answer.bloom().ordinal(),
                answer.difficulty() == null ? Double.NaN : answer.difficulty(),
                answer.source(),
                AnswerDetail.of(answer.strategy(), answer.extra()),
                traceparent);
    }
}
