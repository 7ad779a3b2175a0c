package dev.devmentor.auth.mail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mail. It goes out as plain text and as HTML; both are made of the same lines, and what a line says is never taken for HTML.
 * Nothing in it may come from somebody who is not known: letters are not to be had for sending texts to strangers.
 *
 * @param accountId of its receiver, to have it deleted with them; null without
 * @param to the address
 * @param kind a word for logs and metrics, such as {@code verify-email}
 * @param goodFor after this time it is not sent any more
 */
public record Letter(
        @Nullable String accountId, String to, String kind, Duration goodFor, String subject, List<Line> lines) {
    /** A part of a letter. */
    public sealed interface Line {
        /** A paragraph. */
        record Text(String text) implements Line {}

        /** A link with what it does; in plain text the address stands alone on its line. */
        record Link(String label, String address) implements Line {}
    }

    public Letter {
        lines = List.copyOf(lines);
        if (subject.chars().anyMatch(Character::isISOControl) || to.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a header is one line");
        }
    }

    /** A letter that says nothing yet. */
    public static Letter to(@Nullable String accountId, String to, String kind, Duration goodFor, String subject) {
        return new Letter(accountId, to, kind, goodFor, subject, List.of());
    }

    /** The same with a further paragraph. */
    public Letter text(String text) {
        return with(new Line.Text(text));
    }

    /** The same with a further link. */
    public Letter link(String label, String address) {
        if (!address.startsWith("http://") && !address.startsWith("https://")) {
            throw new IllegalArgumentException("a link is an address of the web");
        }
        return with(new Line.Link(label, address));
    }

    private Letter with(Line line) {
        List<Line> more = new ArrayList<>(lines);
        more.add(line);
        return new Letter(accountId, to, kind, goodFor, subject, more);
    }

    String plainText() {
        StringBuilder text = new StringBuilder();
        for (Line line : lines) {
            switch (line) {
                case Line.Text(String paragraph) -> text.append(paragraph).append("\n\n");
                case Line.Link(String label, String address) ->
                    text.append(label).append(":\n").append(address).append("\n\n");
            }
        }
        return text.append("DevMentor\n").toString();
    }

    String html() {
        StringBuilder html = new StringBuilder("<!doctype html><html lang=\"en\"><body>");
        for (Line line : lines) {
            switch (line) {
                case Line.Text(String paragraph) ->
                    html.append("<p>").append(Html.escape(paragraph)).append("</p>");
                case Line.Link(String label, String address) ->
                    html.append("<p><a href=\"")
                            .append(Html.escape(address))
                            .append("\">")
                            .append(Html.escape(label))
                            .append("</a></p>");
            }
        }
        return html.append("<p>DevMentor</p></body></html>").toString();
    }
}
