package dev.devmentor.documents.reading;

import dev.devmentor.documents.DocumentLimits;
import dev.devmentor.documents.Refusal;
import dev.devmentor.documents.RefusedException;
import dev.devmentor.documents.TextLines;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.text.PDFTextStripper;

/** The text of a PDF, in the order in which its pages paint it. */
final class PdfText {
    private static final byte[] END = "startxref".getBytes(StandardCharsets.US_ASCII);
    /** The end stands within the last 1024 bytes; some producers append padding. */
    private static final int END_WITHIN = 4096;

    private PdfText() {}

    static List<String> read(byte[] bytes, DocumentLimits limits) {
        requireEnd(bytes);
        FontMappers.set(new OneFont());
        try (PDDocument document = Loader.loadPDF(
                new RandomAccessReadBuffer(bytes),
                "",
                null,
                null,
                MemoryUsageSetting.setupMainMemoryOnly(limits.expandedBytes()).streamCache)) {
            requireFewPages(document, limits);
            TextLines lines = new TextLines(limits);
            PDFTextStripper stripper = new PDFTextStripper();
            stripper.setSuppressDuplicateOverlappingText(true);
            stripper.setLineSeparator("\n");
            stripper.setPageEnd("\n");
            try (BoundedWriter writer = new BoundedWriter(limits.characters())) {
                stripper.writeText(document, writer);
                lines.add(writer.toString());
            }
            return lines.finish(Refusal.NO_TEXT);
        } catch (InvalidPasswordException encrypted) {
            throw new RefusedException(Refusal.ENCRYPTED);
        } catch (NoClassDefFoundError certificates) {
            // Documents encrypted for certificates need a library that is left out on purpose.
            throw new RefusedException(Refusal.ENCRYPTED);
        } catch (RefusedException refused) {
            throw refused;
        } catch (IOException | RuntimeException damaged) {
            throw new RefusedException(Refusal.BROKEN);
        }
    }

    /**
     * PDFBox mends what it can, and would give half of a file that was cut off for the whole: whoever prepares for an
     * interview with half of a job description does not know it.
     */
    private static void requireEnd(byte[] bytes) {
        for (int i = bytes.length - END.length; i >= Math.max(0, bytes.length - END_WITHIN); i--) {
            if (Magic.at(bytes, i, END)) {
                return;
            }
        }
        throw new RefusedException(Refusal.BROKEN);
    }

    private static void requireFewPages(PDDocument document, DocumentLimits limits) {
        if (document.getNumberOfPages() > limits.pages()) {
            throw new RefusedException(Refusal.TOO_MANY_PAGES);
        }
        // The number above is what the document says of itself.
        int pages = 0;
        for (PDPage ignored : document.getPages()) {
            if (++pages > limits.pages()) {
                throw new RefusedException(Refusal.TOO_MANY_PAGES);
            }
        }
        if (pages == 0) {
            throw new RefusedException(Refusal.BROKEN);
        }
    }

    /** Takes so many characters and no more. */
    private static final class BoundedWriter extends Writer {
        private final StringBuilder text = new StringBuilder();
        private final int most;

        BoundedWriter(int most) {
            this.most = most;
        }

        @Override
        public void write(char[] buffer, int from, int length) {
            if (text.length() + length > most) {
                throw new RefusedException(Refusal.TOO_LONG);
            }
            text.append(buffer, from, length);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
