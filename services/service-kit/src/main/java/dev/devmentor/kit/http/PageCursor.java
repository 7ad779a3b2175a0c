package dev.devmentor.kit.http;

import dev.devmentor.kit.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Where a page of a list ended, as a text that says nothing to whoever sends it back. */
public final class PageCursor {
    private static final String SEPARATOR = ":";

    private PageCursor() {}

    /**
     * The text of a position.
     *
     * @param parts of it, in the order in which the list is sorted; only the last may contain a colon
     */
    public static String encode(Object... parts) {
        String position = Arrays.stream(parts).map(String::valueOf).collect(Collectors.joining(SEPARATOR));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The position of a text.
     *
     * @param count of the parts that were encoded
     * @param position makes the position of its parts; an IllegalArgumentException says that they are none
     * @throws ProblemException 400 if the text is not one that the list gave
     */
    public static <P> P decode(String text, int count, Function<String[], P> position) {
        try {
            String[] parts =
                    new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(SEPARATOR, count);
            if (parts.length == count) {
                return position.apply(parts);
            }
        } catch (IllegalArgumentException unreadable) {
            // Falls through: the caller gets the same answer for every cursor that is not ours.
        }
        throw ProblemException.invalid("'cursor' is not one that this list gave");
    }
}
