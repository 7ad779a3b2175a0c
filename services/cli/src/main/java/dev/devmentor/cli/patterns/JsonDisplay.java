package dev.devmentor.cli.patterns;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One object of JSON for each note and each template, the summary last. */
final class JsonDisplay implements Display {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int TEMPLATES = 100;

    private final boolean all;

    JsonDisplay(boolean all) {
        this.all = all;
    }

    @Override
    public void note(Note note, Screen screen, Instant now) {
        screen.lines(List.of(NoteJson.of(note).toString()));
        screen.flush();
    }

    @Override
    public void end(Summary summary, Screen screen, Instant now) {
        List<String> out = new ArrayList<>();
        summary.remarks()
                .forEach(remark -> out.add(NoteJson.of(new Note.Remark(remark)).toString()));
        summary.notes().forEach(note -> out.add(NoteJson.of(note).toString()));
        List<Templates.Row> rows = summary.templates().rows();
        for (Templates.Row row : rows.subList(0, all ? rows.size() : Math.min(rows.size(), TEMPLATES))) {
            ObjectNode json = JSON.createObjectNode();
            json.put("type", "template").put("template", row.typed()).put("count", row.count());
            json.put("change", row.change().name().toLowerCase(Locale.ROOT));
            out.add(json.toString());
        }
        ObjectNode json = JSON.createObjectNode();
        json.put("type", "summary").put("command", summary.command());
        summary.exitCode().ifPresent(code -> json.put("exit", code));
        json.put("seconds", summary.took().toMillis() / 1000.0).put("lines", summary.lines());
        json.put("templates", summary.templates().size());
        json.put("errors", summary.errors().size()).put("times", summary.times());
        json.put(
                "gone",
                summary.notes().stream().filter(Note.Gone.class::isInstance).count());
        out.add(json.toString());
        screen.lines(out);
    }
}
