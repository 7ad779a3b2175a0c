package dev.devmentor.anki;

import java.util.List;

/**
 * What notes of one kind have, and which cards follow from them.
 *
 * @param cloze whether the cards are the gaps of one text
 * @param fields names of the fields
 * @param templates one for each card; for cloze one for all
 */
public record NoteType(long id, String name, boolean cloze, List<String> fields, List<Template> templates) {
    public NoteType {
        fields = List.copyOf(fields);
        templates = List.copyOf(templates);
    }

    /** How a card is made of the fields. */
    public record Template(String name, String question, String answer) {}
}
