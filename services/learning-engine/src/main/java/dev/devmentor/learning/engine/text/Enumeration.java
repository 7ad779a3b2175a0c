package dev.devmentor.learning.engine.text;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Three or more things in a row at the end of a sentence: "…: a, b and c."
 *
 * @param sentence its index
 * @param items as they are written there
 * @param start place of the first in the sentence
 * @param end place after the last
 */
record Enumeration(int sentence, List<String> items, int start, int end) {
    private static final Set<String> LAST_BEFORE = Set.of("and", "or", "und", "oder", "sowie");
    private static final Set<String> ARTICLES =
            Set.of("a", "an", "the", "der", "die", "das", "den", "dem", "ein", "eine", "einen", "einem", "einer");
    private static final int FEWEST = 3;
    private static final int MOST_WORDS = 4;

    Enumeration {
        items = List.copyOf(items);
    }

    static Optional<Enumeration> of(Sentence sentence, Language language) {
        List<Token> tokens = sentence.tokens();
        int last = tokens.size() - 1;
        while (last >= 0 && tokens.get(last).kind() == Token.Kind.MARK) {
            last--;
        }
        int conjunction = last;
        while (conjunction >= 0
                && !LAST_BEFORE.contains(tokens.get(conjunction).text().toLowerCase(Locale.ROOT))) {
            if (!belongsToItem(tokens.get(conjunction), language)) {
                return Optional.empty();
            }
            conjunction--;
        }
        if (conjunction < 1 || last - conjunction > MOST_WORDS || last == conjunction) {
            return Optional.empty();
        }
        Deque<int[]> parts = new ArrayDeque<>();
        parts.addFirst(new int[] {conjunction + 1, last});
        int longest = last - conjunction;
        int at = tokens.get(conjunction - 1).is(",") ? conjunction - 2 : conjunction - 1;
        boolean closed = false;
        while (at >= 0) {
            int first = at;
            while (first >= 0 && at - first < MOST_WORDS && belongsToItem(tokens.get(first), language)) {
                first--;
            }
            int length = at - first;
            if (length == 0) {
                return Optional.empty();
            }
            boolean comma = first >= 0 && tokens.get(first).is(",");
            boolean colon = first >= 0 && tokens.get(first).is(":");
            if (!comma && !colon) {
                // Nothing says where the first item begins: it has as many words as the longest of the others.
                length = Math.min(length, longest);
            }
            parts.addFirst(new int[] {at - length + 1, at});
            longest = Math.max(longest, length);
            if (!comma) {
                closed = true;
                break;
            }
            at = first - 1;
        }
        if (!closed || parts.size() < FEWEST) {
            return Optional.empty();
        }
        return items(sentence, parts);
    }

    private static Optional<Enumeration> items(Sentence sentence, Deque<int[]> parts) {
        List<Token> tokens = sentence.tokens();
        List<String> items = new ArrayList<>();
        for (int[] part : parts) {
            int first = part[0];
            while (first < part[1] && ARTICLES.contains(tokens.get(first).text().toLowerCase(Locale.ROOT))) {
                first++;
            }
            items.add(sentence.text()
                    .substring(tokens.get(first).start(), tokens.get(part[1]).end()));
        }
        if (items.stream().map(item -> item.toLowerCase(Locale.ROOT)).distinct().count() < items.size()) {
            return Optional.empty();
        }
        return Optional.of(new Enumeration(
                sentence.index(),
                items,
                tokens.get(parts.getFirst()[0]).start(),
                tokens.get(parts.getLast()[1]).end()));
    }

    private static boolean belongsToItem(Token token, Language language) {
        return switch (token.kind()) {
            case CODE -> true;
            case WORD ->
                ARTICLES.contains(token.text().toLowerCase(Locale.ROOT))
                        || (!language.isStop(token.text()) && !language.isVerb(token.text()));
            case NUMBER, MARK -> false;
        };
    }
}
