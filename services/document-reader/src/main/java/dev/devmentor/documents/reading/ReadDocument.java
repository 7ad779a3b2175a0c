package dev.devmentor.documents.reading;

import dev.devmentor.documents.DocumentLimits;
import dev.devmentor.documents.Format;
import dev.devmentor.documents.Outcome;
import dev.devmentor.documents.Refusal;
import dev.devmentor.documents.RefusedException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Reads one document from standard input. Arguments: the expected format, then the limits as
 * {@link DocumentLimits#toArguments} writes them; none at all mean any format and the default limits.
 *
 * <p>Writes, in UTF-8, a line {@code FORMAT COUNT} and so many lines of text, and ends with 0; or writes nothing and ends
 * with the code of a {@link Refusal}. The JVM itself ends with 3 when memory is out.
 */
public final class ReadDocument {
    private ReadDocument() {}

    /** Reads, writes, and ends the JVM. */
    public static void main(String[] args) {
        int code;
        try (OutputStream out = new FileOutputStream(FileDescriptor.out);
                InputStream in = new FileInputStream(FileDescriptor.in)) {
            // No library may write where the parent looks, and what it says of a document is nobody's business.
            System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
            List<String> arguments = Arrays.asList(args);
            Format expected = arguments.isEmpty() ? Format.ANY : Format.ofWireName(arguments.getFirst());
            DocumentLimits limits = arguments.size() < 2
                    ? DocumentLimits.DEFAULT
                    : DocumentLimits.ofArguments(arguments.subList(1, arguments.size()));
            endInTime(limits);
            code = switch (read(in.readNBytes(limits.bytes() + 1), expected, limits)) {
                case Outcome.Text text -> {
                    out.write(encode(text));
                    yield 0;
                }
                case Outcome.Refused refused -> refused.reason().code();
            };
        } catch (IOException | RuntimeException failure) {
            code = Refusal.CRASHED.code();
        } catch (OutOfMemoryError outOfMemory) {
            code = Refusal.TOO_MUCH_MEMORY.code();
        }
        Runtime.getRuntime().halt(code);
    }

    /** Also if nobody is left who would end this process from outside. */
    private static void endInTime(DocumentLimits limits) {
        Thread watch = new Thread(
                () -> {
                    try {
                        Thread.sleep(limits.time());
                        Runtime.getRuntime().halt(Refusal.TOO_SLOW.code());
                    } catch (InterruptedException over) {
                        Runtime.getRuntime().halt(Refusal.CRASHED.code());
                    }
                },
                "time-limit");
        watch.setDaemon(true);
        watch.start();
    }

    private static byte[] encode(Outcome.Text text) {
        return (text.format().wireName() + " " + text.lines().size() + "\n" + String.join("\n", text.lines()) + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Reads a document that is in memory. */
    static Outcome read(byte[] bytes, Format expected, DocumentLimits limits) {
        try {
            if (bytes.length == 0) {
                throw new RefusedException(Refusal.EMPTY);
            }
            if (bytes.length > limits.bytes()) {
                throw new RefusedException(Refusal.TOO_LARGE);
            }
            Format actual = Magic.of(bytes);
            if (expected != Format.ANY && expected != actual) {
                throw new RefusedException(Refusal.MISMATCH);
            }
            return switch (actual) {
                case PDF -> new Outcome.Text(Format.PDF, PdfText.read(bytes, limits));
                case DOCX -> new Outcome.Text(Format.DOCX, DocxText.read(bytes, limits));
                case TEXT, ANY -> dev.devmentor.documents.PlainText.read(bytes, limits);
            };
        } catch (RefusedException refused) {
            return new Outcome.Refused(refused.reason());
        } catch (StackOverflowError deep) {
            return new Outcome.Refused(Refusal.TOO_DEEP);
        }
    }
}
