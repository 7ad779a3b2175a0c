package dev.devmentor.cli.patterns;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Notes as objects of JSON, one a line; docs/pbml.md lists the fields. */
final class NoteJson {
    private static final JsonMapper JSON = new JsonMapper();

    private NoteJson() {}

    static ObjectNode of(Note note) {
        ObjectNode json = JSON.createObjectNode();
        switch (note) {
            case Note.Seen seen -> {
                json.put("type", "error").put("id", seen.id());
                finding(seen.finding(), json);
                KnownError before = seen.before();
                json.put("seenBefore", before != null);
                if (before != null) {
                    history(before, json);
                }
                KnownError similar = seen.similar();
                if (similar != null) {
                    json.put("similar", similar.id);
                }
            }
            case Note.Gone gone -> {
                json.put("type", "gone").put("id", gone.error().id);
                finding(gone.error().finding(), json);
                json.put("how", gone.how());
                history(gone.error(), json);
                gone.fix().write(json.putObject("fix"));
            }
            case Note.NotSeen notSeen -> {
                json.put("type", "not-seen").put("id", notSeen.error().id);
                finding(notSeen.error().finding(), json);
                history(notSeen.error(), json);
            }
            case Note.Elsewhere elsewhere -> {
                json.put("type", "elsewhere").put("id", elsewhere.id()).put("how", elsewhere.how());
                json.put("title", elsewhere.title()).put("support", elsewhere.support());
                if (elsewhere.lastSeen() != null) {
                    json.put("last", elsewhere.lastSeen().toString());
                }
                elsewhere.files().forEach(json.putArray("files")::add);
            }
            case Note.Remark remark -> json.put("type", "note").put("text", remark.text());
        }
        return json;
    }

    static void finding(Finding finding, ObjectNode json) {
        json.put("kind", lower(finding.kind())).put("title", finding.title());
        finding.files().forEach(json.putArray("files")::add);
    }

    private static String lower(Finding.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    static void history(KnownError error, ObjectNode json) {
        json.put("first", error.first().toString()).put("last", error.last().toString());
        json.put("times", error.times()).put("runs", error.runs());
        KnownError.@Nullable Gone gone = error.lastGone();
        if (gone != null) {
            ObjectNode fix = json.putObject("lastFix");
            fix.put("at", gone.at().toString()).put("how", gone.how());
            gone.fix().write(fix);
        }
    }
}
