package dev.devmentor.learning.personaldata;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.devmentor.events.Bloom;
import dev.devmentor.kit.personaldata.ColumnWriter;
import dev.devmentor.kit.personaldata.PersonalData;
import dev.devmentor.kit.personaldata.Section;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.learning.engine.card.CardState;
import dev.devmentor.learning.engine.card.CardStateCodec;
import dev.devmentor.learning.engine.person.PersonState;
import dev.devmentor.learning.engine.person.PersonStateCodec;
import dev.devmentor.learning.engine.person.SkillStanding;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.learner.Learners;
import dev.devmentor.learning.log.EntryKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything of a learner: the log, what follows from it, and what was made for them. */
@ApplicationScoped
class LearningPersonalData implements PersonalData {
    private static final String KEY = "learner_id";
    private static final int ANSWER = 1;

    private static final List<Section> SECTIONS = List.of(
            Section.ofTable(
                    "profile",
                    "learner",
                    "id",
                    "id",
                    Map.of(
                            "settings",
                            ColumnWriter.JSON,
                            "weights",
                            ColumnWriter.JSON,
                            "plans_until_day",
                            ColumnWriter.DAY)),
            Section.ofTable(
                    "review-log",
                    "entry",
                    KEY,
                    "at_us, source, event_id",
                    Map.of(
                            "kind",
                            LearningPersonalData::kind,
                            "due_us",
                            LearningPersonalData::due,
                            "local_day",
                            ColumnWriter.DAY,
                            "bloom",
                            ColumnWriter.named(
                                    0,
                                    Arrays.stream(Bloom.values())
                                            .map(Bloom::wire)
                                            .toArray(String[]::new)),
                            "detail",
                            ColumnWriter.JSON)),
            Section.ofTable(
                    "cards",
                    "card",
                    KEY,
                    "item",
                    Map.of("due_us", LearningPersonalData::dueTime, "state", LearningPersonalData::card)),
            Section.ofTable("focus", "focus", KEY, "task_id", Map.of()),
            Section.ofTable("notes", "note", KEY, "memory_id", Map.of()),
            Section.ofTable("hints", "hint", KEY, "pattern_id", Map.of("detail", ColumnWriter.JSON)),
            Section.ofTable("standing", "person_state", KEY, KEY, Map.of("state", LearningPersonalData::standing)),
            Section.ofTable("achievements", "achievement", KEY, "unlocked_us, achievement", Map.of()),
            Section.ofTable("fit", "fit", KEY, KEY, Map.of()),
            Section.ofTable(
                    "quizzes",
                    "quiz",
                    KEY,
                    "created_us, id",
                    Map.of("questions", ColumnWriter.JSON, "answers", ColumnWriter.JSON)),
            Section.ofTable("own-questions", "own_question", KEY, "item", Map.of("question", ColumnWriter.JSON)),
            Section.ofTable(
                    "interviews",
                    "interview",
                    KEY,
                    "created_us, id",
                    Map.of(
                            "interview_day",
                            ColumnWriter.DAY,
                            "findings",
                            ColumnWriter.JSON,
                            "plan",
                            ColumnWriter.JSON)),
            Section.ofTable(
                    "plans",
                    "plan",
                    KEY,
                    "at_us, id",
                    Map.of("parameters", ColumnWriter.JSON, "outcome", ColumnWriter.JSON)),
            Section.ofTable(
                    "imports",
                    "import_job",
                    KEY,
                    "started_us, id",
                    Map.of("counts", ColumnWriter.JSON, "found", ColumnWriter.JSON)),
            Section.ofTable(
                    "paths",
                    "path",
                    KEY,
                    "created_us, id",
                    Map.of("wanted", ColumnWriter.JSON, "until_day", ColumnWriter.DAY)));

    private static final Map<String, String> LEFT_OUT = Map.of(
            "touched", "notes that the review log grew and is to be folded; they last some seconds",
            "grown_log", "how many rows the review log has, for whoever fits weights to it");

    private final Learners learners;

    LearningPersonalData(Learners learners) {
        this.learners = learners;
    }

    @Override
    public List<Section> sections() {
        return SECTIONS;
    }

    @Override
    public Map<String, String> leftOut() {
        return LEFT_OUT;
    }

    @Override
    public @Nullable Object keyOf(Connection connection, String person) throws SQLException {
        Learner learner = learners.find(connection, person);
        return learner == null ? null : learner.id();
    }

    private static void kind(JsonGenerator out, String field, ResultSet row, int column)
            throws SQLException, IOException {
        out.writeStringField(
                field,
                EntryKind.of(row.getInt(column)).name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** Of an answer it is the interval in days that was chosen, of the others a time. */
    private static void due(JsonGenerator out, String field, ResultSet row, int column)
            throws SQLException, IOException {
        if (row.getInt("kind") == ANSWER) {
            out.writeNumberField("intervalDays", row.getLong(column));
        } else {
            dueTime(out, field, row, column);
        }
    }

    private static void dueTime(JsonGenerator out, String field, ResultSet row, int column)
            throws SQLException, IOException {
        long micros = row.getLong(column);
        if (micros != CardState.NOT_DUE) {
            out.writeStringField(field, Micros.toInstant(micros).toString());
        }
    }

    private static void card(JsonGenerator out, String field, ResultSet row, int column)
            throws SQLException, IOException {
        CardState state = CardStateCodec.decode(row.getBytes(column));
        out.writeObjectFieldStart(field);
        out.writeStringField("phase", state.phase().name().toLowerCase(Locale.ROOT));
        out.writeNumberField("answers", state.answers());
        out.writeNumberField("lapses", state.lapses());
        out.writeStringField("deck", state.deck());
        out.writeNumberField("scheduledDays", state.scheduledDays());
        if (state.answers() > 0) {
            out.writeNumberField("lastGrade", state.lastGrade());
            out.writeStringField(
                    "lastAnsweredAt", Micros.toInstant(state.lastAtMicros()).toString());
            out.writeStringField("lastZone", state.lastZone());
        }
        if (state.scheduledBy() != null) {
            out.writeStringField("scheduledBy", state.scheduledBy().name().toLowerCase(Locale.ROOT));
            out.writeNumberField("scheduledRetention", state.scheduledRetention());
        }
        out.writeNumberField("sm2Ease", state.sm2().ease());
        if (state.fsrs6() != null) {
            out.writeNumberField("fsrs6Stability", state.fsrs6().stability());
            out.writeNumberField("fsrs6Difficulty", state.fsrs6().difficulty());
        }
        if (state.fsrs7() != null) {
            out.writeNumberField("fsrs7Stability", state.fsrs7().stability());
            out.writeNumberField("fsrs7FastStability", state.fsrs7().fastStability());
            out.writeNumberField("fsrs7Difficulty", state.fsrs7().difficulty());
        }
        out.writeEndObject();
    }

    /** What is thought of the person: abilities, points. A state of an older form is folded again soon, and is not readable. */
    private static void standing(JsonGenerator out, String field, ResultSet row, int column)
            throws SQLException, IOException {
        byte[] bytes = row.getBytes(column);
        if (!PersonStateCodec.isCurrent(bytes)) {
            return;
        }
        PersonState state = PersonStateCodec.decode(bytes);
        out.writeObjectFieldStart(field);
        out.writeNumberField("answers", state.answers());
        out.writeNumberField("ability", state.rating().ability().mean());
        out.writeNumberField("right", state.rating().wins());
        out.writeNumberField("wrong", state.rating().losses());
        out.writeNumberField("points", state.progress().points());
        out.writeNumberField("streakDays", state.progress().streak().days());
        out.writeObjectFieldStart("skills");
        for (Map.Entry<String, SkillStanding> skill : state.skills().entrySet()) {
            out.writeObjectFieldStart(skill.getKey());
            out.writeNumberField(
                    "deviation", skill.getValue().rating().deviation().mean());
            out.writeNumberField("right", skill.getValue().rating().wins());
            out.writeNumberField("wrong", skill.getValue().rating().losses());
            out.writeNumberField("tasks", skill.getValue().tasks());
            out.writeEndObject();
        }
        out.writeEndObject();
        out.writeEndObject();
    }
}
