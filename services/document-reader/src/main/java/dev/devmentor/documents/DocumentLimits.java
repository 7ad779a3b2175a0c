package dev.devmentor.documents;

import java.time.Duration;
import java.util.List;

/**
 * How much of a document is read before it is refused. They hold inside the process that reads; the time and the memory
 * also from outside.
 *
 * @param bytes of the file
 * @param pages of a PDF
 * @param characters of the text
 * @param lines of the text
 * @param expandedBytes that all parts of a DOCX may come to, and a PDF's streams
 * @param entries of a DOCX
 * @param depth of elements in the XML of a DOCX; the JDK's parser gives up at 100 by itself
 * @param time from start to end
 */
public record DocumentLimits(
        int bytes, int pages, int characters, int lines, int expandedBytes, int entries, int depth, Duration time) {

    /** For what people write about themselves and about jobs. */
    public static final DocumentLimits DEFAULT =
            new DocumentLimits(5 << 20, 200, 200_000, 10_000, 64 << 20, 2_000, 90, Duration.ofSeconds(15));

    /** Checks that nothing is unlimited by mistake. */
    public DocumentLimits {
        if (bytes < 1
                || pages < 1
                || characters < 1
                || lines < 1
                || expandedBytes < 1
                || entries < 1
                || depth < 1
                || !time.isPositive()) {
            throw new IllegalArgumentException("a limit is not positive");
        }
    }

    /** As words of a command line; {@link #ofArguments} reads them. */
    public List<String> toArguments() {
        return List.of(
                String.valueOf(bytes),
                String.valueOf(pages),
                String.valueOf(characters),
                String.valueOf(lines),
                String.valueOf(expandedBytes),
                String.valueOf(entries),
                String.valueOf(depth),
                String.valueOf(time.toMillis()));
    }

    /** What {@link #toArguments} wrote. */
    public static DocumentLimits ofArguments(List<String> arguments) {
        int[] numbers = arguments.stream().mapToInt(Integer::parseInt).toArray();
        if (numbers.length != 8) {
            throw new IllegalArgumentException("8 limits are wanted");
        }
        return new DocumentLimits(
                numbers[0],
                numbers[1],
                numbers[2],
                numbers[3],
                numbers[4],
                numbers[5],
                numbers[6],
                Duration.ofMillis(numbers[7]));
    }
}
