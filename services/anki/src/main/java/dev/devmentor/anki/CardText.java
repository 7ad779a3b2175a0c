package dev.devmentor.anki;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a card asks and says, as text. Templates are followed as far as text needs it: fields, conditions, gaps; everything
 * that needs a browser is left out.
 */
public final class CardText {
    private static final int LONGEST = 200_000;
    private static final int DEEPEST = 32;

    private CardText() {}

    /**
     * The question of a card in one text; the name of the note type and the number of the card if there is none.
     *
     * @param deck name of its deck
     * @param media is told what is left out
     */
    public static String question(NoteType type, Note note, int ordinal, String deck, Consumer<String> media) {
        String question = "";
        NoteType.Template template = template(type, ordinal);
        if (template != null) {
            question = HtmlText.of(render(template.question(), type, note, ordinal, deck), media);
        }
        for (int i = 0; question.isEmpty() && i < note.fields().size(); i++) {
            question = HtmlText.of(gaps(note.fields().get(i), ordinal + 1, true), media);
        }
        return question.isEmpty() ? type.name() + " " + (ordinal + 1) : question;
    }

    /** All fields of a note, each with its name, gaps filled. */
    public static String fields(NoteType type, Note note, Consumer<String> media) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < note.fields().size() && text.length() < LONGEST; i++) {
            String value = HtmlText.of(gaps(note.fields().get(i), 0, false), media);
            if (!value.isEmpty()) {
                String name = i < type.fields().size() ? type.fields().get(i) : "Field " + (i + 1);
                text.append(text.isEmpty() ? "" : "\n\n")
                        .append(name)
                        .append(": ")
                        .append(value);
            }
        }
        return text.toString();
    }

    private static NoteType.@org.jspecify.annotations.Nullable Template template(NoteType type, int ordinal) {
        int index = type.cloze() ? 0 : ordinal;
        return index >= 0 && index < type.templates().size() ? type.templates().get(index) : null;
    }

    private static String render(String template, NoteType type, Note note, int ordinal, String deck) {
        StringBuilder out = new StringBuilder();
        List<Boolean> shown = new ArrayList<>();
        int at = 0;
        while (at < template.length() && out.length() < LONGEST) {
            int open = template.indexOf("{{", at);
            int close = open < 0 ? -1 : template.indexOf("}}", open + 2);
            boolean visible = !shown.contains(false);
            if (close < 0) {
                if (visible) {
                    out.append(template, at, template.length());
                }
                break;
            }
            if (visible) {
                out.append(template, at, open);
            }
            String tag = template.substring(open + 2, close).strip();
            at = close + 2;
            if (tag.startsWith("#") || tag.startsWith("^")) {
                if (shown.size() == DEEPEST) {
                    break;
                }
                boolean there = isThere(tag.substring(1).strip(), type, note, ordinal, deck);
                shown.add(there == tag.startsWith("#"));
            } else if (tag.startsWith("/")) {
                if (!shown.isEmpty()) {
                    shown.removeLast();
                }
            } else if (visible && !tag.startsWith("!")) {
                out.append(value(tag, type, note, ordinal, deck));
            }
        }
        return out.toString();
    }

    private static boolean isThere(String name, NoteType type, Note note, int ordinal, String deck) {
        if (name.matches("c[0-9]{1,4}")) {
            return Integer.parseInt(name.substring(1)) == ordinal + 1;
        }
        String value = field(name, type, note, deck);
        boolean[] media = new boolean[1];
        return !HtmlText.of(value, any -> media[0] = true).isEmpty() || media[0];
    }

    private static String value(String tag, NoteType type, Note note, int ordinal, String deck) {
        int last = tag.lastIndexOf(':');
        String filters = last < 0 ? "" : ":" + tag.substring(0, last + 1);
        String name = tag.substring(last + 1).strip();
        if (filters.contains(":type:") || filters.contains(":hint:") || name.equals("FrontSide")) {
            return "";
        }
        if (name.equals("Card")) {
            NoteType.Template template = template(type, ordinal);
            return template == null ? "" : template.name();
        }
        String value = field(name, type, note, deck);
        return filters.contains(":cloze:") ? gaps(value, ordinal + 1, true) : value;
    }

    private static String field(String name, NoteType type, Note note, String deck) {
        int index = type.fields().indexOf(name);
        if (index >= 0) {
            return index < note.fields().size() ? note.fields().get(index) : "";
        }
        return switch (name) {
            case "Tags" -> String.join(" ", note.tags());
            case "Type" -> type.name();
            case "Deck" -> deck;
            case "Subdeck" -> deck.substring(deck.lastIndexOf("::") < 0 ? 0 : deck.lastIndexOf("::") + 2);
            default -> "";
        };
    }

    /** A gap that is open: where its content stands in the output, and where its hint. */
    private static final class Gap {
        private final boolean asked;
        private final int from;
        private int hint = -1;

        Gap(boolean asked, int from) {
            this.asked = asked;
            this.from = from;
        }
    }

    /**
     * The gaps of a cloze text, {@code {{c1::content::hint}}}, which may lie in one another.
     *
     * @param number of the gap that is asked
     * @param question whether that one is hidden
     */
    static String gaps(String text, int number, boolean question) {
        if (!text.contains("{{c")) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        List<Gap> open = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int content = text.startsWith("{{c", at) && open.size() < DEEPEST ? contentOf(text, at) : -1;
            if (content > 0) {
                boolean asked = question && numbers(text.substring(at + 3, content - 2), number);
                open.add(new Gap(asked, out.length()));
                at = content;
            } else if (!open.isEmpty() && text.startsWith("}}", at)) {
                close(open.removeLast(), out);
                at += 2;
            } else if (!open.isEmpty() && open.getLast().hint < 0 && text.startsWith("::", at)) {
                open.getLast().hint = out.length();
                at += 2;
            } else {
                out.append(text.charAt(at++));
            }
        }
        return out.toString();
    }

    /** Where the content of a gap begins; −1 if it is none. */
    private static int contentOf(String text, int at) {
        int end = at + 3;
        while (end < text.length()
                && end < at + 40
                && (Character.isDigit(text.charAt(end)) || text.charAt(end) == ',')) {
            end++;
        }
        return end > at + 3 && text.startsWith("::", end) ? end + 2 : -1;
    }

    private static boolean numbers(String list, int number) {
        for (String one : list.split(",")) {
            if (one.equals(Integer.toString(number))) {
                return true;
            }
        }
        return false;
    }

    private static void close(Gap gap, StringBuilder out) {
        String hint = gap.hint < 0 ? "" : out.substring(gap.hint);
        if (gap.asked) {
            out.setLength(gap.from);
            out.append('[').append(hint.isEmpty() ? "..." : hint).append(']');
        } else if (gap.hint >= 0) {
            out.setLength(gap.hint);
        }
    }
}
