package dev.devmentor.pbml.engine.template;

import java.util.List;

/**
 * What a group of lines has in common.
 *
 * @param id stays the same while the template becomes more general
 * @param text with {@code <*>} for each variable part
 * @param typed with the part's type instead: {@code <NUMBER>}; {@code <TEXT>} where values of several types were seen
 * @param types of the variable parts, in the order of the text
 * @param count lines so far, those of merged templates included
 */
public record Template(long id, String text, String typed, List<PartType> types, long count) {
    public Template {
        types = List.copyOf(types);
    }
}
