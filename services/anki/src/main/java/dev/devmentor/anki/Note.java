package dev.devmentor.anki;

import java.util.List;

/**
 * A note.
 *
 * @param id when it was made, milliseconds since 1970
 * @param guid its identity across collections
 * @param modifiedSeconds when it was last changed
 * @param fields as stored: HTML
 */
public record Note(long id, String guid, long typeId, long modifiedSeconds, List<String> tags, List<String> fields) {
    public Note {
        tags = List.copyOf(tags);
        fields = List.copyOf(fields);
    }
}
