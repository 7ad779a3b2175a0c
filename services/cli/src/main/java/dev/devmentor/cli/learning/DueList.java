package dev.devmentor.cli.learning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.cli.terminal.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A due list for a person to read. */
public final class DueList {
    private DueList() {}

    /** Aligned lines, one for each item of the answer. */
    public static List<String> lines(JsonNode answer) {
        Instant at = instant(answer.path("at").asText(""), Instant.now());
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode item : answer.path("items")) {
            List<String> row = new ArrayList<>();
            row.add(item.path("item").asText());
            row.add(due(item, at));
            JsonNode recall = item.path("predictedRecall");
            row.add(
                    recall.isNumber()
                            ? String.format(Locale.ROOT, "recall %.0f %%", recall.asDouble() * 100)
                            : item.path("state").asText(""));
            row.add(item.path("reason").path("text").asText(""));
            rows.add(row);
        }
        return Terminal.table(rows);
    }

    private static String due(JsonNode item, Instant at) {
        Duration late = Duration.between(instant(item.path("dueAt").asText(""), at), at);
        if (late.isNegative()) {
            return "due in " + span(late.negated());
        }
        return late.toMinutes() == 0 ? "due now" : "due for " + span(late);
    }

    private static String span(Duration span) {
        if (span.toDays() > 0) {
            return span.toDays() == 1 ? "a day" : span.toDays() + " days";
        }
        return span.toHours() > 0 ? span.toHours() + " h" : span.toMinutes() + " min";
    }

    private static Instant instant(String text, Instant otherwise) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return otherwise;
        }
    }
}
