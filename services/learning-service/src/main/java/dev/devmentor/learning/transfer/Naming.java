package dev.devmentor.learning.transfer;

import dev.devmentor.anki.HtmlText;
import dev.devmentor.events.EventEncoder;
import dev.devmentor.learning.log.EventSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Ids and names of what is imported. They follow from content, so that importing twice gives the same. */
final class Naming {
    static final int LONGEST_DECK = 128;
    static final int LONGEST_TITLE = 300;
    static final int LONGEST_TEXT = 16_384;
    private static final int LONGEST_SKILL = 128;
    private static final int MOST_SKILLS = 32;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Set<String> OF_ANKI_ITSELF = Set.of("leech", "marked");

    private Naming() {}

    /** Source of the events of one person's imports of a kind. */
    static String source(String kind, String learner) {
        return EventSource.ofImport(
                kind, EventEncoder.contentId("learner", learner).substring(0, 16));
    }

    /** A name that can stand in a path: the text itself if it is plain, else a hash of it. */
    static String plain(String text) {
        return PLAIN.matcher(text).matches() ? text : EventEncoder.contentId("name", text);
    }

    /** Skills from tags and, if there are none, from the deck: {@code Programming::Java} is {@code programming.java}. */
    static List<String> skills(List<String> tags, String deck) {
        Set<String> skills = new LinkedHashSet<>();
        for (String tag : tags) {
            String skill = skill(tag);
            if (!skill.isEmpty() && !OF_ANKI_ITSELF.contains(skill) && skills.size() < MOST_SKILLS) {
                skills.add(skill);
            }
        }
        String ofDeck = skill(deck);
        if (skills.isEmpty() && !ofDeck.isEmpty() && !ofDeck.equals("default")) {
            skills.add(ofDeck);
        }
        return new ArrayList<>(skills);
    }

    private static String skill(String name) {
        StringBuilder skill = new StringBuilder();
        name.toLowerCase(Locale.ROOT).replace("::", ".").codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c) || "._+#-".indexOf(c) >= 0) {
                skill.appendCodePoint(c);
            } else if (!skill.isEmpty() && skill.charAt(skill.length() - 1) != '-') {
                skill.append('-');
            }
        });
        String trimmed = skill.toString().replaceAll("^[.-]+|[.-]+$", "");
        return trimmed.codePointCount(0, trimmed.length()) <= LONGEST_SKILL
                ? trimmed
                : EventEncoder.contentId("skill", trimmed);
    }

    /** One line. */
    static String title(String text) {
        return HtmlText.cut(text.replaceAll("\\s+", " ").strip(), LONGEST_TITLE);
    }
}
