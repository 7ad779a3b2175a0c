package dev.devmentor.auth.personaldata;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The last line of what a service gave, {@code {complete: true, counts}}: without it something is missing. */
final class LastLine {
    private static final int LONGEST = 64 * 1024;
    private static final int MOST_COUNTS = 1_000;

    private LastLine() {}

    /**
     * The counts of a file.
     *
     * @return null if the file does not end with such a line
     */
    static @Nullable Map<String, Long> counts(Path file) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            int length = (int) Math.min(in.length(), LONGEST);
            byte[] tail = new byte[length];
            in.seek(in.length() - length);
            in.readFully(tail);
            String text = new String(tail, StandardCharsets.UTF_8).stripTrailing();
            return parse(text.substring(text.lastIndexOf('\n') + 1));
        }
    }

    private static @Nullable Map<String, Long> parse(String line) throws IOException {
        Map<String, Long> counts = new TreeMap<>();
        boolean complete = false;
        try (JsonParser parser = new JsonFactory().createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("complete")) {
                    complete = value == JsonToken.VALUE_TRUE;
                } else if (name.equals("counts") && value == JsonToken.START_OBJECT) {
                    while (parser.nextToken() == JsonToken.FIELD_NAME) {
                        String section = parser.currentName();
                        if (parser.nextToken() != JsonToken.VALUE_NUMBER_INT || counts.size() == MOST_COUNTS) {
                            return null;
                        }
                        counts.put(section, parser.getLongValue());
                    }
                } else {
                    parser.skipChildren();
                }
            }
            return complete && parser.currentToken() == JsonToken.END_OBJECT ? counts : null;
        } catch (JacksonException broken) {
            return null;
        }
    }
}
