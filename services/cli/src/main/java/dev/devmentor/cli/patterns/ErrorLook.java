package dev.devmentor.cli.patterns;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.cli.terminal.Failed;
import java.util.List;

/** What list and show say of an error. */
final class ErrorLook {
    private static final JsonMapper JSON = new JsonMapper();

    private ErrorLook() {}

    /** The likeliest file, the commit, or that nothing changed; empty if that is not known. */
    static String by(Fix fix) {
        if (!fix.known()) {
            return "";
        }
        if (!fix.files().isEmpty()) {
            String more = fix.total() > 1 ? " and " + (fix.total() - 1) + " more" : "";
            return ProjectPaths.base(fix.files().getFirst().path()) + more;
        }
        return fix.commits().isEmpty() ? "no change" : fix.commits().getFirst().hash();
    }

    static ObjectNode json(KnownError error, boolean whole) {
        ObjectNode json = JSON.createObjectNode();
        json.put("id", error.id).put("state", error.over() ? "fixed" : "open");
        NoteJson.finding(error.finding(), json);
        NoteJson.history(error, json);
        if (whole) {
            json.put("text", error.finding().text());
            ArrayNode seen = json.putArray("sightings");
            error.sightings()
                    .forEach(sighting -> seen.addObject()
                            .put("run", sighting.run())
                            .put("at", sighting.at().toString())
                            .put("times", sighting.times()));
            ArrayNode gones = json.putArray("fixes");
            error.gones().forEach(gone -> {
                ObjectNode entry = gones.addObject();
                entry.put("run", gone.run()).put("at", gone.at().toString()).put("how", gone.how());
                gone.fix().write(entry);
            });
        }
        return json;
    }

    /** The one error whose id begins so. */
    static KnownError find(Memory memory, String id) {
        List<KnownError> found = memory.error(id).map(List::of).orElseGet(() -> memory.errorsLike(id));
        if (found.isEmpty()) {
            throw new Failed("no error " + id + " is known of this project (devmentor patterns list shows them)");
        }
        if (found.size() > 1) {
            throw new Failed(id + " may be " + found.size() + " errors: give more of the id");
        }
        return found.getFirst();
    }
}
