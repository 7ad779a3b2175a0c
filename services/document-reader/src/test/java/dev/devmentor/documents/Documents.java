package dev.devmentor.documents;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes documents, good and hostile ones, byte by byte. */
public final class Documents {
    private static final String WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private static final String RELATIONSHIPS = """
            <?xml version="1.0" encoding="UTF-8"?>
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"\
             Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"\
             Target="word/document.xml"/></Relationships>""";

    private Documents() {}

    // PDF

    /** A PDF with one page per text; each line of a text is a line of the page. */
    public static byte[] pdf(String... pages) {
        StringBuilder kids = new StringBuilder();
        List<byte[]> objects = new java.util.ArrayList<>();
        objects.add(ascii("<< /Type /Catalog /Pages 2 0 R >>"));
        objects.add(new byte[0]);
        objects.add(ascii("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"));
        for (String page : pages) {
            int number = objects.size() + 1;
            kids.append(number).append(" 0 R ");
            objects.add(
                    ascii("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
                            + " /Contents " + (number + 1) + " 0 R >>"));
            StringBuilder content = new StringBuilder("BT /F1 11 Tf 14 TL 50 800 Td\n");
            page.lines()
                    .forEach(line -> content.append('(')
                            .append(line.replace("\\", "\\\\")
                                    .replace("(", "\\(")
                                    .replace(")", "\\)"))
                            .append(") Tj T*\n"));
            objects.add(stream("", latin1(content.append("ET").toString())));
        }
        objects.set(1, ascii("<< /Type /Pages /Kids [" + kids + "] /Count " + pages.length + " >>"));
        return pdfOf(objects);
    }

    /** A PDF of numbered objects, the first of which is the catalogue. */
    public static byte[] pdfOf(List<byte[]> objects) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ascii("%PDF-1.7\n"));
        int[] offsets = new int[objects.size()];
        for (int i = 0; i < objects.size(); i++) {
            offsets[i] = out.size();
            out.writeBytes(ascii((i + 1) + " 0 obj\n"));
            out.writeBytes(objects.get(i));
            out.writeBytes(ascii("\nendobj\n"));
        }
        int table = out.size();
        StringBuilder end = new StringBuilder("xref\n0 " + (objects.size() + 1) + "\n0000000000 65535 f \n");
        for (int offset : offsets) {
            end.append("%010d 00000 n \n".formatted(offset));
        }
        end.append("trailer\n<< /Size ").append(objects.size() + 1).append(" /Root 1 0 R >>\nstartxref\n");
        out.writeBytes(ascii(end.append(table).append("\n%%EOF\n").toString()));
        return out.toByteArray();
    }

    /** The objects of a PDF with one page, whose content stream is given. */
    public static List<byte[]> onePage(byte[] contentStream) {
        return List.of(
                ascii("<< /Type /Catalog /Pages 2 0 R >>"),
                ascii("<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
                ascii("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> /Contents 4 0 R >>"),
                contentStream);
    }

    /** A stream object. */
    public static byte[] stream(String entries, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ascii("<< " + entries + " /Length " + content.length + " >>\nstream\n"));
        out.writeBytes(content);
        out.writeBytes(ascii("\nendstream"));
        return out.toByteArray();
    }

    /** So many spaces, deflated: a thousandth of their size. */
    public static byte[] deflatedSpaces(long bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] block = " ".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out, new Deflater(9))) {
            for (long written = 0; written < bytes; written += block.length) {
                deflater.write(block);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    // DOCX

    /** A DOCX whose body has these paragraphs. */
    public static byte[] docx(String... paragraphs) {
        StringBuilder body = new StringBuilder();
        for (String paragraph : paragraphs) {
            body.append(paragraph(paragraph));
        }
        return docxOf(body.toString());
    }

    /** A paragraph of plain text. */
    public static String paragraph(String text) {
        return "<w:p><w:r><w:t xml:space=\"preserve\">"
                + text.replace("&", "&amp;").replace("<", "&lt;") + "</w:t></w:r></w:p>";
    }

    /** A DOCX with the given body. */
    public static byte[] docxOf(String body) {
        return zip(docxParts(body));
    }

    /** The parts of a DOCX, to be changed. */
    public static Map<String, byte[]> docxParts(String body) {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("_rels/.rels", utf8(RELATIONSHIPS));
        parts.put("word/document.xml", utf8(part("document", "<w:body>" + body + "</w:body>")));
        return parts;
    }

    /** A part of a DOCX. */
    public static String part(String root, String content) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<w:" + root + " xmlns:w=\"" + WORD + "\" xmlns:mc=\"http://"
                + "schemas.openxmlformats.org/markup-compatibility/2006\">" + content + "</w:" + root + ">";
    }

    /** A ZIP file. */
    public static byte[] zip(Map<String, byte[]> entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    public static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
