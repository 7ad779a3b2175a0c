package dev.devmentor.cli.learning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Shows the questions of a quiz one after the other and reads the answers; and shows what they got. */
final class QuizPlayer {
    private static final String STOP = ":q";
    private static final String NOT_KNOWN = "?";
    private static final String END_OF_TEXT = ".";
    private static final int LONGEST_RESPONSE_MS = 86_400_000;
    private static final JsonMapper JSON = new JsonMapper();

    private final Consumer<String> out;
    private final BufferedReader in;
    private final LongSupplier nanos;

    QuizPlayer(Consumer<String> out, BufferedReader in, LongSupplier nanos) {
        this.out = out;
        this.in = in;
        this.nanos = nanos;
    }

    /** Answers to the questions that have none yet, as {@code submit} takes them; until the learner stops. */
    ArrayNode play(JsonNode quiz) throws IOException {
        ArrayNode answers = JSON.createArrayNode();
        int number = 0;
        int all = quiz.path("questions").size();
        out.accept(quiz.path("title").asText() + ": " + all + (all == 1 ? " question" : " questions") + ", about "
                + quiz.path("minutes").asInt() + " min. " + NOT_KNOWN + " if you don't know, " + STOP + " stops.");
        if (quiz.path("note").isTextual()) {
            out.accept(quiz.path("note").textValue());
        }
        for (JsonNode hint : quiz.path("hints")) {
            out.accept("hint: " + hint.path("sentence").asText());
        }
        for (JsonNode question : quiz.path("questions")) {
            number++;
            if (question.has("result")) {
                continue;
            }
            show(question, number, all);
            long begun = nanos.getAsLong();
            ObjectNode answer = JSON.createObjectNode();
            answer.put("questionId", question.path("id").asText());
            if (!read(question, answer)) {
                break;
            }
            long millis = (nanos.getAsLong() - begun) / 1_000_000;
            answer.put("responseTimeMs", (int) Math.min(LONGEST_RESPONSE_MS, Math.max(0, millis)));
            answers.add(answer);
        }
        return answers;
    }

    private void show(JsonNode question, int number, int all) {
        out.accept("");
        String reason = question.path("reason").asText("");
        out.accept(number + "/" + all + "  " + question.path("bloom").asText() + ", about "
                + question.path("seconds").asInt() + " s" + (reason.isEmpty() ? "" : "  (" + reason + ")"));
        // The reason of a question that a hint brought in says it already.
        String hint = question.path("hint").path("sentence").asText(reason);
        if (!hint.equals(reason)) {
            out.accept("hint: " + hint);
        }
        out.accept("");
        question.path("prompt").asText().strip().lines().forEach(out);
        JsonNode code = question.path("code");
        if (code.isObject()) {
            out.accept("");
            code.path("text").asText().stripTrailing().lines().forEach(line -> out.accept("    " + line));
        }
        out.accept("");
        for (String list : List.of("options", "items")) {
            for (JsonNode place : question.path(list)) {
                List<String> lines = place.path("text").asText().strip().lines().toList();
                for (int i = 0; i < lines.size(); i++) {
                    out.accept((i == 0 ? "  " + place.path("id").asText() + "  " : "     ") + lines.get(i));
                }
            }
        }
    }

    /** Reads one answer; false if the learner stops. */
    private boolean read(JsonNode question, ObjectNode answer) throws IOException {
        return switch (question.path("type").asText()) {
            case "multiple-choice" ->
                letters(question.path("options"), answer, "choices", false, "which of them, as in: a c");
            case "ordering" -> letters(question.path("items"), answer, "order", true, "the right order, as in: b a c");
            case "fill-in" -> blanks(question.path("blanks").asInt(1), answer);
            case "free-text" -> text(answer);
            default -> letters(question.path("options"), answer, "choices", false, "which one, as in: b");
        };
    }

    private boolean letters(JsonNode places, ObjectNode answer, String field, boolean all, String wanted)
            throws IOException {
        Set<String> known = new HashSet<>();
        places.forEach(place -> known.add(place.path("id").asText()));
        boolean one = wanted.startsWith("which one");
        while (true) {
            out.accept(wanted);
            String line = in.readLine();
            if (isStop(line)) {
                return false;
            }
            if (isNotKnown(line, answer)) {
                return true;
            }
            List<String> given = new ArrayList<>();
            for (String letter : line.strip().toLowerCase(Locale.ROOT).split("[\\s,;]+")) {
                given.add(letter);
            }
            boolean different = new HashSet<>(given).size() == given.size();
            boolean right = all ? given.size() == known.size() : !one || given.size() == 1;
            if (known.containsAll(given) && different && right) {
                ArrayNode array = answer.putArray(field);
                given.forEach(array::add);
                return true;
            }
        }
    }

    private boolean blanks(int count, ObjectNode answer) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            out.accept(count == 1 ? "what is missing" : "what is missing at " + i);
            String line = in.readLine();
            if (isStop(line)) {
                return false;
            }
            if (count == 1 && isNotKnown(line, answer)) {
                return true;
            }
            texts.add(line.strip().equals(NOT_KNOWN) ? "" : line.strip());
        }
        ArrayNode array = answer.putArray("blanks");
        texts.forEach(array::add);
        return true;
    }

    private boolean text(ObjectNode answer) throws IOException {
        out.accept("in your own words; a line with only " + END_OF_TEXT + " ends it");
        StringBuilder text = new StringBuilder();
        while (true) {
            String line = in.readLine();
            if (isStop(line)) {
                return false;
            }
            if (text.isEmpty() && isNotKnown(line, answer)) {
                return true;
            }
            if (line.strip().equals(END_OF_TEXT)) {
                answer.put("text", text.toString().strip());
                return true;
            }
            text.append(line).append('\n');
        }
    }

    private static boolean isStop(@Nullable String line) {
        return line == null || line.strip().equals(STOP);
    }

    private static boolean isNotKnown(String line, ObjectNode answer) {
        boolean notKnown = line.strip().equals(NOT_KNOWN);
        if (notKnown) {
            answer.put("skipped", true);
        }
        return notKnown;
    }

    /** The break that a load proposes, in a line; nothing where it proposes none. */
    static Optional<String> proposedBreak(JsonNode load) {
        JsonNode pause = load.path("pause");
        return pause.isObject()
                ? Optional.of("  break  " + pause.path("minutes").asInt() + " min would do good: "
                        + pause.path("text").asText())
                : Optional.empty();
    }

    /** A result for a person to read. */
    static List<String> result(JsonNode result) {
        List<String> lines = new ArrayList<>();
        int number = 0;
        for (JsonNode answer : result.path("answers")) {
            number++;
            lines.add("");
            lines.add(number + "  " + verdict(answer) + dueAgain(answer));
            solution(answer, lines);
            answer.path("explanation").asText().strip().lines().forEach(line -> lines.add("   " + line));
            JsonNode source = answer.path("source");
            String url = source.path("url").asText("");
            lines.add("   read: " + source.path("title").asText() + (url.isEmpty() ? "" : ", " + url));
        }
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "%d of %d right, %.1f points",
                result.path("correct").asInt(),
                result.path("answered").asInt(),
                result.path("points").asDouble()));
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode skill : result.path("skills")) {
            rows.add(List.of(
                    "  " + skill.path("name").asText(skill.path("skill").asText()),
                    skill.path("correct").asInt() + " of "
                            + skill.path("answered").asInt()));
        }
        lines.addAll(dev.devmentor.cli.terminal.Terminal.table(rows));
        int open = result.path("open").size();
        if (open > 0) {
            lines.add(open + (open == 1 ? " question is" : " questions are") + " open: scripts/devmentor quiz --resume "
                    + result.path("quizId").asText());
        }
        return lines;
    }

    private static String verdict(JsonNode answer) {
        double share = answer.path("share").asDouble();
        if (answer.path("skipped").asBoolean()) {
            return "not known";
        }
        if (share >= 1 - 1e-9) {
            return "right";
        }
        String part = share > 0 ? String.format(Locale.ROOT, " (%.0f %%)", share * 100) : "";
        return (answer.path("correct").asBoolean() ? "nearly right" : "wrong") + part;
    }

    private static String dueAgain(JsonNode answer) {
        return answer.path("dueAt").isTextual()
                ? ", comes up again " + answer.path("dueAt").textValue()
                : "";
    }

    private static void solution(JsonNode answer, List<String> lines) {
        for (JsonNode option : answer.path("options")) {
            boolean chosen = option.path("chosen").asBoolean();
            boolean correct = option.path("correct").asBoolean();
            if (chosen || correct) {
                lines.add("   " + option.path("id").asText() + (correct ? " is right: " : " is wrong: ")
                        + option.path("why").asText().strip());
            }
        }
        List<String> order = new ArrayList<>();
        answer.path("items").forEach(item -> order.add(item.path("id").asText()));
        if (!order.isEmpty()) {
            lines.add("   the right order: " + String.join(" ", order));
        }
        for (JsonNode blank : answer.path("blanks")) {
            lines.add("   " + (blank.path("correct").asBoolean() ? "right: " : "missing was: ")
                    + blank.path("answers").path(0).asText());
        }
        for (JsonNode point : answer.path("points")) {
            lines.add("   " + (point.path("made").asBoolean() ? "made: " : "missing: ")
                    + point.path("point").asText());
        }
    }
}
