package dev.devmentor.cli.patterns;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Templates as lines of a table. */
final class TemplateLines {
    private static final Pattern PART = Pattern.compile("<(?:[A-Z]+)>");

    private final Style style;

    TemplateLines(Style style) {
        this.style = style;
    }

    /** One line for each: mark, count, template with its variable parts set off. */
    List<String> of(List<Templates.Row> rows) {
        int digits = rows.stream()
                .mapToInt(row -> String.valueOf(row.count()).length())
                .max()
                .orElse(1);
        List<String> out = new ArrayList<>();
        for (Templates.Row row : rows) {
            out.add(of(row, digits));
        }
        return out;
    }

    private String of(Templates.Row row, int digits) {
        String mark = switch (row.change()) {
            case NEW -> style.green("new ");
            case GONE -> style.dim("gone");
            case SAME -> "    ";
        };
        String count = " ".repeat(digits - String.valueOf(row.count()).length()) + row.count() + style.times();
        int room = style.room() - 4 - 1 - digits - 1 - 2;
        String text = Texts.cutMiddle(row.typed(), Math.max(16, room), style.ellipsis());
        String shown = row.change() == Templates.Change.GONE ? style.dim(text) : parts(row, text);
        return style.gutter(Style.Tone.CALM) + mark + " " + count + "  " + shown;
    }

    private String parts(Templates.Row row, String text) {
        StringBuilder out = new StringBuilder();
        Matcher part = PART.matcher(text);
        int from = 0;
        while (part.find()) {
            out.append(words(row, text.substring(from, part.start()))).append(style.cyan(part.group()));
            from = part.end();
        }
        return out.append(words(row, text.substring(from))).toString();
    }

    private String words(Templates.Row row, String text) {
        return switch (row.severity()) {
            case 2 -> style.red(text);
            case 1 -> style.yellow(text);
            default -> text;
        };
    }
}
