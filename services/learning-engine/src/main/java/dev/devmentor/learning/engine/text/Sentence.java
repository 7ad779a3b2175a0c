package dev.devmentor.learning.engine.text;

import java.util.List;

/**
 * A sentence of the text.
 *
 * @param index its place among the sentences, from 0
 * @param text Markdown of one line; emphasis and links are gone, code keeps its backticks
 */
record Sentence(int index, String text, List<Token> tokens) {
    Sentence {
        tokens = List.copyOf(tokens);
    }

    long words() {
        return tokens.stream().filter(token -> token.kind() != Token.Kind.MARK).count();
    }
}
