package dev.devmentor.learning.interview;

import dev.devmentor.documents.DocumentLimits;
import dev.devmentor.documents.DocumentReader;
import dev.devmentor.documents.Format;
import dev.devmentor.documents.Outcome;
import dev.devmentor.documents.PlainText;
import dev.devmentor.documents.Refusal;
import dev.devmentor.documents.TextLines;
import dev.devmentor.kit.problem.ProblemException;
import dev.devmentor.learning.LearningConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns what was uploaded into lines, or into the problem that says why not. Counts, and says nothing of any content. */
@Startup
@Singleton
class Documents {
    private static final String DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    private static final Path NO_JVM = Path.of("java-is-missing");

    private final DocumentReader reader;
    private final MeterRegistry meters;
    private final Timer seconds;

    @Inject
    Documents(LearningConfig config, MeterRegistry meters) {
        this(config.documents(), meters);
    }

    Documents(LearningConfig.Documents settings, MeterRegistry meters) {
        this.reader = new DocumentReader(
                settings.java().orElseGet(Documents::ownJava),
                settings.reader().orElse(Path.of("document-reader-is-missing")),
                DocumentLimits.DEFAULT,
                settings.atOnce());
        this.meters = meters;
        this.seconds = Timer.builder("devmentor.document").register(meters);
        for (Format format : List.of(Format.PDF, Format.DOCX, Format.TEXT)) {
            counter(format, "read");
        }
    }

    /** The JVM that runs us; a native executable has none. */
    private static Path ownJava() {
        String home = System.getProperty("java.home");
        return home == null ? NO_JVM : Path.of(home, "bin", "java");
    }

    /** The lines of a text that was typed or pasted. */
    List<String> ofText(String field, String text) {
        return lines(field, Format.TEXT, TextLines.of(text, reader.limits()));
    }

    /**
     * The lines of a file.
     *
     * @param field its name in the form, for messages
     * @param mediaType as its sender states it
     */
    List<String> ofFile(String field, Path file, @Nullable String mediaType) {
        Format format = format(field, mediaType);
        String missing = format == Format.TEXT ? null : reader.missing();
        if (missing != null) {
            counter(format, Refusal.UNAVAILABLE.wireName()).increment();
            throw ProblemException.notImplemented(field + ": PDF and DOCX are read by a process of its own, and "
                    + missing + "; send the text instead");
        }
        long begin = System.nanoTime();
        try {
            Outcome outcome =
                    format == Format.TEXT ? PlainText.read(bytes(file), reader.limits()) : reader.read(file, format);
            return lines(field, format, outcome);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw ProblemException.unavailable("the service is stopping");
        } finally {
            seconds.record(System.nanoTime() - begin, java.util.concurrent.TimeUnit.NANOSECONDS);
        }
    }

    private byte[] bytes(Path file) {
        // One more than allowed is enough to be refused.
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(reader.limits().bytes() + 1);
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    private static Format format(String field, @Nullable String mediaType) {
        String type =
                mediaType == null ? "" : mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "", "application/octet-stream" -> Format.ANY;
            case "application/pdf", "application/x-pdf" -> Format.PDF;
            case DOCX -> Format.DOCX;
            case "text/plain", "text/markdown" -> Format.TEXT;
            default -> throw ProblemException.unsupported(field + ": a file is application/pdf, text/plain or " + DOCX);
        };
    }

    private List<String> lines(String field, Format stated, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Text text -> {
                counter(text.format(), "read").increment();
                yield text.lines();
            }
            case Outcome.Refused(Refusal reason) -> {
                counter(stated, reason.wireName()).increment();
                throw problem(field + ": " + reason.sentence(), reason);
            }
        };
    }

    private ProblemException problem(String detail, Refusal reason) {
        DocumentLimits limits = reader.limits();
        return switch (reason) {
            case TOO_LARGE ->
                ProblemException.tooLarge(detail + "; at most " + (limits.bytes() >> 20) + " MiB are read");
            case UNSUPPORTED, MISMATCH -> ProblemException.unsupported(detail);
            case UNAVAILABLE -> ProblemException.notImplemented(detail);
            case BUSY -> ProblemException.unavailable(detail);
            case TOO_MANY_PAGES -> ProblemException.unreadable(detail + "; at most " + limits.pages() + " are read");
            case TOO_LONG ->
                ProblemException.unreadable(detail + "; at most " + limits.characters() + " characters in "
                        + limits.lines() + " lines are read");
            case EMPTY,
                    BROKEN,
                    ENCRYPTED,
                    EXPANDS,
                    TOO_DEEP,
                    FORBIDDEN_XML,
                    NO_TEXT,
                    TOO_SLOW,
                    TOO_MUCH_MEMORY,
                    CRASHED -> ProblemException.unreadable(detail);
        };
    }

    private Counter counter(Format format, String outcome) {
        return Counter.builder("devmentor.documents")
                .tag("format", format.wireName())
                .tag("outcome", outcome)
                .register(meters);
    }
}
