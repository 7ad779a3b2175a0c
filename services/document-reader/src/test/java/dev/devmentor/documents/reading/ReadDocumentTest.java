package dev.devmentor.documents.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.documents.DocumentLimits;
import dev.devmentor.documents.Documents;
import dev.devmentor.documents.Format;
import dev.devmentor.documents.Outcome;
import dev.devmentor.documents.Refusal;
import dev.devmentor.documents.TextLines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadDocumentTest {
    private static final DocumentLimits LIMITS = DocumentLimits.DEFAULT;
    private static final Outcome BROKEN = new Outcome.Refused(Refusal.BROKEN);

    private static Outcome read(byte[] bytes) {
        return ReadDocument.read(bytes, Format.ANY, LIMITS);
    }

    private static List<String> lines(byte[] bytes) {
        return switch (read(bytes)) {
            case Outcome.Text text -> text.lines();
            case Outcome.Refused refused -> throw new AssertionError(refused.reason());
        };
    }

    private static Refusal refusal(byte[] bytes) {
        return refusal(bytes, LIMITS);
    }

    private static Refusal refusal(byte[] bytes, DocumentLimits limits) {
        return switch (ReadDocument.read(bytes, Format.ANY, limits)) {
            case Outcome.Refused refused -> refused.reason();
            case Outcome.Text text -> throw new AssertionError(text.lines().size() + " lines");
        };
    }

    // PDF

    @Test
    void readsTheLinesOfEveryPageOfAPdf() {
        assertThat(read(Documents.pdf("Jane Doe\nJava (since 2015)", "M\u00fcnchen")))
                .isEqualTo(new Outcome.Text(Format.PDF, List.of("Jane Doe", "Java (since 2015)", "M\u00fcnchen")));
    }

    @Test
    void aPdfThatIsCutOffIsRefusedWhereverItIsCut() {
        byte[] whole = Documents.pdf("Jane Doe\nJava", "Kafka");
        for (int length = 8; length < whole.length - 20; length += 13) {
            assertThat(read(Arrays.copyOf(whole, length)))
                    .as("cut at %d", length)
                    .isEqualTo(BROKEN);
        }
    }

    @Test
    void garbageBehindAPdfHeaderIsBroken() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 50; i++) {
            byte[] garbage = new byte[2_000];
            random.nextBytes(garbage);
            byte[] end = Documents.ascii("\nstartxref\n" + random.nextInt(5_000) + "\n%%EOF");
            ByteArrayOutputStream pdf = new ByteArrayOutputStream();
            pdf.writeBytes(Documents.ascii("%PDF-1.4\n"));
            pdf.writeBytes(garbage);
            pdf.writeBytes(end);
            assertThat(read(pdf.toByteArray())).isEqualTo(BROKEN);
        }
    }

    @Test
    void aPdfWithFlippedBytesIsReadOrRefusedAndNothingElse() {
        byte[] whole = Documents.pdf("Jane Doe\nJava\nKafka and PostgreSQL", "More of it");
        SplittableRandom random = new SplittableRandom(2);
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            byte[] flipped = whole.clone();
            for (int flips = random.nextInt(1, 12); flips > 0; flips--) {
                flipped[random.nextInt(8, flipped.length)] = (byte) random.nextInt();
            }
            refused += read(flipped) instanceof Outcome.Refused ? 1 : 0;
        }
        assertThat(refused).isBetween(1, 299);
    }

    @Test
    void aPdfOfTenThousandPagesIsRefused() {
        String[] pages = new String[10_000];
        Arrays.fill(pages, "x");
        assertThat(refusal(Documents.pdf(pages))).isEqualTo(Refusal.TOO_MANY_PAGES);
    }

    @Test
    void aPdfThatLiesAboutTheNumberOfItsPagesIsCounted() {
        List<byte[]> objects = new ArrayList<>(Documents.onePage(Documents.stream("", Documents.ascii(""))));
        objects.set(1, Documents.ascii("<< /Type /Pages /Kids [" + "3 0 R ".repeat(10_000) + "] /Count 1 >>"));
        assertThat(refusal(Documents.pdfOf(objects))).isIn(Refusal.TOO_MANY_PAGES, Refusal.BROKEN);
    }

    @Test
    void aPdfWhosePageTreeIsACircleIsRefused() {
        List<byte[]> objects = new ArrayList<>(Documents.onePage(Documents.stream("", Documents.ascii(""))));
        objects.set(1, Documents.ascii("<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 /Parent 2 0 R >>"));
        assertThat(read(Documents.pdfOf(objects))).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void aPdfWithAPasswordIsEncryptedAndOneWithoutAUserPasswordIsRead() throws IOException {
        assertThat(refusal(encrypted("owner", "user"))).isEqualTo(Refusal.ENCRYPTED);
        assertThat(lines(encrypted("owner", ""))).containsExactly("Jane Doe");
    }

    private static byte[] encrypted(String owner, String user) throws IOException {
        try (PDDocument document = Loader.loadPDF(Documents.pdf("Jane Doe"));
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            StandardProtectionPolicy policy = new StandardProtectionPolicy(owner, user, new AccessPermission());
            policy.setEncryptionKeyLength(256);
            document.protect(policy);
            document.save(out);
            return out.toByteArray();
        }
    }

    @Test
    void aPdfOfPicturesAloneHasNoText() {
        byte[] picture =
                Documents.stream("", Documents.ascii("q 100 0 0 100 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q"));
        assertThat(refusal(Documents.pdfOf(Documents.onePage(picture)))).isEqualTo(Refusal.NO_TEXT);
    }

    @Test
    void arraysWithoutEndInAPdfAreRefused() {
        for (String open : List.of("[", "<< /A ")) {
            List<byte[]> objects = new ArrayList<>(Documents.onePage(Documents.stream("", Documents.ascii(""))));
            objects.add(Documents.ascii(open.repeat(200_000)));
            objects.set(0, Documents.ascii("<< /Type /Catalog /Pages 2 0 R /Names 5 0 R >>"));
            assertThat(read(Documents.pdfOf(objects))).as(open).isInstanceOf(Outcome.Refused.class);
        }
    }

    @Test
    void aPdfOfEndlessTextIsTooLong() {
        String[] pages = new String[100];
        Arrays.fill(pages, ("word ".repeat(20) + "\n").repeat(50));
        assertThat(refusal(Documents.pdf(pages))).isEqualTo(Refusal.TOO_LONG);
    }

    // DOCX

    @Test
    void readsParagraphsListsTablesAndBreaksOfADocx() {
        String list = "<w:p><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>Kafka</w:t></w:r></w:p>";
        String row = "<w:tbl><w:tr><w:tc>" + Documents.paragraph("2019 \u2013 2022") + "</w:tc><w:tc>"
                + Documents.paragraph("Java developer") + "</w:tc></w:tr></w:tbl>";
        String tall = "<w:tbl><w:tr><w:tc>" + Documents.paragraph("2022") + "</w:tc><w:tc>"
                + Documents.paragraph("Lead") + Documents.paragraph("SQL") + "</w:tc></w:tr></w:tbl>";
        String breaks = "<w:p><w:r><w:t>one</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>three</w:t></w:r></w:p>";
        assertThat(read(Documents.docxOf(Documents.paragraph("R&D <x>") + list + row + tall + breaks)))
                .isEqualTo(new Outcome.Text(
                        Format.DOCX,
                        List.of(
                                "R&D <x>",
                                "\u2022 Kafka",
                                "2019 \u2013 2022 | Java developer",
                                "2022",
                                "Lead",
                                "SQL",
                                "one",
                                "two three")));
    }

    @Test
    void readsNestedTablesAndTextBoxesOnce() {
        String inner = "<w:tbl><w:tr><w:tc>" + Documents.paragraph("a") + "</w:tc><w:tc>" + Documents.paragraph("b")
                + "</w:tc></w:tr></w:tbl>";
        String nested =
                "<w:tbl><w:tr><w:tc>" + inner + "</w:tc><w:tc>" + Documents.paragraph("c") + "</w:tc></w:tr></w:tbl>";
        String box = "<w:p><w:r><w:t>anchor</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>"
                + Documents.paragraph("in the box") + "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>"
                + Documents.paragraph("in the box")
                + "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>";
        assertThat(lines(Documents.docxOf(nested + box))).containsExactly("a | b | c", "in the box", "anchor");
    }

    @Test
    void leavesOutWhatIsDeletedMovedHiddenOrAnInstruction() {
        String body = "<w:p><w:del><w:r><w:delText>deleted</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>moved</w:t>"
                + "</w:r></w:moveFrom><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:rPr>"
                + "<w:vanish w:val=\"0\"/></w:rPr><w:t>shown</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
                + "<w:ins><w:r><w:t> inserted</w:t></w:r></w:ins></w:p>";
        assertThat(lines(Documents.docxOf(body))).containsExactly("shown inserted");
    }

    @Test
    void headersComeFirstAndNotesAndFootersLast() {
        Map<String, byte[]> parts = Documents.docxParts(Documents.paragraph("body"));
        parts.put("word/footer1.xml", Documents.utf8(Documents.part("ftr", Documents.paragraph("foot"))));
        parts.put(
                "word/footnotes.xml",
                Documents.utf8(
                        Documents.part("footnotes", "<w:footnote>" + Documents.paragraph("note") + "</w:footnote>")));
        parts.put("word/header1.xml", Documents.utf8(Documents.part("hdr", Documents.paragraph("head"))));
        parts.put("word/comments.xml", Documents.utf8(Documents.part("comments", Documents.paragraph("comment"))));
        assertThat(lines(Documents.zip(parts))).containsExactly("head", "body", "note", "foot");
    }

    @Test
    void theMainPartMayHaveAnotherName() {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put(
                "_rels/.rels",
                Documents.utf8(new String(Documents.docxParts("").get("_rels/.rels"), StandardCharsets.UTF_8)
                        .replace("word/document.xml", "/word/document2.xml")));
        parts.put(
                "word/document2.xml",
                Documents.utf8(Documents.part("document", "<w:body>" + Documents.paragraph("x") + "</w:body>")));
        assertThat(lines(Documents.zip(parts))).containsExactly("x");
    }

    @Test
    void aZipBombIsRefusedInTextAndInMedia() {
        Map<String, byte[]> text = Documents.docxParts("<w:p><w:r><w:t>" + " ".repeat(70 << 20) + "</w:t></w:r></w:p>");
        byte[] bomb = Documents.zip(text);
        assertThat(bomb.length).isLessThan(200_000);
        assertThat(refusal(bomb)).isEqualTo(Refusal.EXPANDS);

        Map<String, byte[]> media = Documents.docxParts(Documents.paragraph("harmless"));
        media.put("word/media/image1.png", new byte[70 << 20]);
        assertThat(refusal(Documents.zip(media))).isEqualTo(Refusal.EXPANDS);
    }

    @Test
    void moreEntriesThanAnybodyWritesAreRefused() {
        Map<String, byte[]> parts = Documents.docxParts(Documents.paragraph("x"));
        for (int i = 0; i < 2_000; i++) {
            parts.put("word/media/" + i, new byte[0]);
        }
        assertThat(refusal(Documents.zip(parts))).isEqualTo(Refusal.EXPANDS);
    }

    @Test
    void aBillionLaughsAreRefused() {
        StringBuilder type = new StringBuilder("<!DOCTYPE x [<!ENTITY l0 \"lol\">");
        for (int i = 1; i < 10; i++) {
            type.append("<!ENTITY l%d \"%s\">".formatted(i, ("&l" + (i - 1) + ";").repeat(10)));
        }
        assertThat(refusal(withType(type + "]>", "&l9;"))).isEqualTo(Refusal.FORBIDDEN_XML);
        assertThat(refusal(withType("<!DOCTYPE x>", "nothing else"))).isEqualTo(Refusal.FORBIDDEN_XML);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>",
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"http://127.0.0.1:9/e\">]>",
                "<!DOCTYPE x [<!ENTITY % p SYSTEM \"http://127.0.0.1:9/p\"> %p;]>",
                "<!DOCTYPE x SYSTEM \"http://127.0.0.1:9/x.dtd\">",
            })
    void anExternalEntityIsRefused(String type) {
        assertThat(refusal(withType(type, "&e;"))).isEqualTo(Refusal.FORBIDDEN_XML);
        Map<String, byte[]> parts = Documents.docxParts(Documents.paragraph("x"));
        parts.put(
                "_rels/.rels", Documents.utf8("<?xml version=\"1.0\"?>" + type + "<Relationships>&e;</Relationships>"));
        assertThat(refusal(Documents.zip(parts))).isEqualTo(Refusal.FORBIDDEN_XML);
    }

    private static byte[] withType(String type, String text) {
        Map<String, byte[]> parts = Documents.docxParts("");
        String document = Documents.part("document", "<w:body><w:p><w:r><w:t>" + text + "</w:t></w:r></w:p></w:body>");
        parts.put(
                "word/document.xml",
                Documents.utf8(document.replaceFirst("\n", "\n" + java.util.regex.Matcher.quoteReplacement(type))));
        return Documents.zip(parts);
    }

    @Test
    void anEntityThatNobodyDeclaredIsRefused() {
        assertThat(refusal(withType("", "&nobody;"))).isIn(Refusal.BROKEN, Refusal.FORBIDDEN_XML);
    }

    @Test
    void elementsWithoutEndAreTooDeep() {
        String deep = "<w:tbl><w:tr><w:tc>".repeat(20_000);
        assertThat(refusal(Documents.docxOf(deep))).isEqualTo(Refusal.TOO_DEEP);
    }

    @Test
    void aDocxThatIsCutOffIsRefusedWhereverItIsCut() {
        byte[] whole = Documents.docx("Jane Doe", "Java", "Kafka");
        for (int length = 5; length < whole.length - 22; length += 11) {
            assertThat(read(Arrays.copyOf(whole, length)))
                    .as("cut at %d", length)
                    .isEqualTo(BROKEN);
        }
    }

    @Test
    void aDocxWithFlippedBytesIsReadOrRefusedAndNothingElse() {
        byte[] whole = Documents.docx("Jane Doe", "Java", "Kafka and PostgreSQL");
        SplittableRandom random = new SplittableRandom(3);
        int refused = 0;
        for (int i = 0; i < 500; i++) {
            byte[] flipped = whole.clone();
            flipped[random.nextInt(4, flipped.length)] = (byte) random.nextInt();
            refused += read(flipped) instanceof Outcome.Refused ? 1 : 0;
        }
        assertThat(refused).isBetween(1, 499);
    }

    @Test
    void aDocxOfWhiteSpaceHasNoText() {
        assertThat(refusal(Documents.docx(" ", "\u00a0"))).isEqualTo(Refusal.NO_TEXT);
        assertThat(refusal(Documents.docxOf(""))).isEqualTo(Refusal.NO_TEXT);
    }

    @Test
    void aDocxOfEndlessTextIsTooLong() {
        assertThat(refusal(Documents.docxOf(
                        Documents.paragraph("word ".repeat(100)).repeat(500))))
                .isEqualTo(Refusal.TOO_LONG);
        assertThat(refusal(Documents.docxOf(Documents.paragraph("x").repeat(10_001))))
                .isEqualTo(Refusal.TOO_LONG);
    }

    @Test
    void aDocxWithAPasswordIsEncrypted() {
        ByteArrayOutputStream compound = new ByteArrayOutputStream();
        compound.writeBytes(
                new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1});
        compound.writeBytes(new byte[600]);
        assertThat(refusal(compound.toByteArray())).isEqualTo(Refusal.UNSUPPORTED);
        compound.writeBytes("EncryptedPackage".getBytes(StandardCharsets.UTF_16LE));
        assertThat(refusal(compound.toByteArray())).isEqualTo(Refusal.ENCRYPTED);
        byte[] entry = Documents.docx("x");
        entry[6] |= 1;
        assertThat(refusal(entry)).isEqualTo(Refusal.ENCRYPTED);
    }

    @Test
    void otherFilesInAZipAreNotSupported() {
        assertThat(refusal(Documents.zip(Map.of("hello.txt", Documents.utf8("x")))))
                .isEqualTo(Refusal.UNSUPPORTED);
        assertThat(refusal(Documents.zip(Map.of("content.xml", Documents.utf8("<x/>")))))
                .isEqualTo(Refusal.UNSUPPORTED);
        assertThat(refusal(Documents.zip(Map.of()))).isEqualTo(Refusal.UNSUPPORTED);
        Map<String, byte[]> sheet = Documents.docxParts("");
        sheet.put(
                "word/document.xml",
                Documents.utf8("<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"/>"));
        assertThat(refusal(Documents.zip(sheet))).isEqualTo(Refusal.UNSUPPORTED);
    }

    // Text, and what is none of the three

    @Test
    void findsOutHowATextIsEncoded() {
        String text = "Gr\u00f6\u00dfe\nKafka";
        List<String> lines = List.of("Gr\u00f6\u00dfe", "Kafka");
        assertThat(lines(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(lines);
        assertThat(lines(("\uFEFF" + text).getBytes(StandardCharsets.UTF_8))).isEqualTo(lines);
        assertThat(lines(text.getBytes(StandardCharsets.UTF_16LE))).isEqualTo(lines);
        assertThat(lines(text.getBytes(StandardCharsets.UTF_16BE))).isEqualTo(lines);
        assertThat(lines(text.getBytes(StandardCharsets.UTF_16))).isEqualTo(lines);
        assertThat(lines(text.getBytes(StandardCharsets.ISO_8859_1))).isEqualTo(lines);
        assertThat(lines(new byte[] {(byte) 0x80, ' ', 'x'})).containsExactly("\u20ac x");
    }

    @Test
    void linesAreCleanAndShort() {
        assertThat(TextLines.of("  a\u0000b\tc \u00a0 d\u200b\u00ad\r\n\r\n\u0007 \ne\u0308\u2028f\ud800", LIMITS))
                .isEqualTo(new Outcome.Text(Format.TEXT, List.of("ab c d", "\u00eb", "f")));
        List<String> cut = lines(Documents.utf8("word ".repeat(300) + "\n" + "x".repeat(2_500)));
        assertThat(cut.stream().mapToInt(String::length)).containsExactly(999, 499, 1_000, 1_000, 500);
    }

    @Test
    void nothingAndWhiteSpaceAreEmpty() {
        assertThat(refusal(new byte[0])).isEqualTo(Refusal.EMPTY);
        assertThat(refusal(Documents.utf8(" \n\t\r\n"))).isEqualTo(Refusal.EMPTY);
        assertThat(refusal(Documents.utf8("\uFEFF"))).isEqualTo(Refusal.EMPTY);
    }

    @Test
    void whatIsNoTextIsNotSupported() {
        assertThat(refusal(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13}))
                .isEqualTo(Refusal.UNSUPPORTED);
        assertThat(refusal(new byte[] {0x7F, 'E', 'L', 'F', 1, 2, 3, 4, 5, 6})).isEqualTo(Refusal.UNSUPPORTED);
        assertThat(refusal(Documents.utf8("{\\rtf1\\ansi Hello}"))).isEqualTo(Refusal.UNSUPPORTED);
    }

    @Test
    void whatIsNotWhatItsSenderSaysIsAMismatch() {
        Outcome mismatch = new Outcome.Refused(Refusal.MISMATCH);
        assertThat(ReadDocument.read(Documents.docx("x"), Format.PDF, LIMITS)).isEqualTo(mismatch);
        assertThat(ReadDocument.read(Documents.pdf("x"), Format.DOCX, LIMITS)).isEqualTo(mismatch);
        assertThat(ReadDocument.read(Documents.utf8("x"), Format.PDF, LIMITS)).isEqualTo(mismatch);
        assertThat(ReadDocument.read(Documents.pdf("x"), Format.TEXT, LIMITS)).isEqualTo(mismatch);
        assertThat(ReadDocument.read(Documents.pdf("x"), Format.PDF, LIMITS)).isInstanceOf(Outcome.Text.class);
    }

    @Test
    void aFileAboveTheLimitIsTooLarge() {
        DocumentLimits small = new DocumentLimits(10, 1, 100, 100, 100, 10, 10, Duration.ofSeconds(1));
        assertThat(refusal(Documents.utf8("12345678901"), small)).isEqualTo(Refusal.TOO_LARGE);
        assertThat(ReadDocument.read(Documents.utf8("1234567890"), Format.ANY, small))
                .isInstanceOf(Outcome.Text.class);
    }

    @Test
    void limitsSurviveTheCommandLine() {
        assertThat(DocumentLimits.ofArguments(LIMITS.toArguments())).isEqualTo(LIMITS);
    }
}
