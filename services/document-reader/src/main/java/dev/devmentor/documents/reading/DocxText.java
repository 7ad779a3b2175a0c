package dev.devmentor.documents.reading;

import dev.devmentor.documents.DocumentLimits;
import dev.devmentor.documents.Refusal;
import dev.devmentor.documents.RefusedException;
import dev.devmentor.documents.TextLines;
import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The text of a WordprocessingML document (ECMA-376 part 1): headers, body, notes and footers, with tables, lists and text
 * boxes; without deleted and hidden text, comments and instructions of fields.
 */
final class DocxText {
    private static final Set<String> WORD = Set.of(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main");
    /** Text that was taken away, was moved from here, or stands in for programs that cannot show what is beside it. */
    private static final Set<String> LEFT_OUT = Set.of("del", "moveFrom", "Fallback");

    private static final String LIST_ITEM = "\u2022 ";
    private static final String CELLS = " | ";

    private final DocumentLimits limits;
    private final TextLines out;
    private int characters;

    private DocxText(DocumentLimits limits) {
        this.limits = limits;
        this.out = new TextLines(limits);
    }

    static List<String> read(byte[] bytes, DocumentLimits limits) {
        PackageParts parts = PackageParts.read(bytes, limits);
        DocxText text = new DocxText(limits);
        String main = parts.main();
        String folder = main.substring(0, main.lastIndexOf('/') + 1);
        boolean isWord = false;
        for (String name : parts.inReadingOrder(main, folder)) {
            isWord |= text.readPart(parts.require(name), name.equals(main));
        }
        if (!isWord) {
            throw new RefusedException(Refusal.UNSUPPORTED);
        }
        return text.out.finish(Refusal.NO_TEXT);
    }

    /** A paragraph that has begun. */
    private static final class Paragraph {
        private final StringBuilder text = new StringBuilder();
        private boolean listItem;
        private boolean hidden;
    }

    /** The body, a row of a table, or a cell of a row, with what it has so far. */
    private static final class Frame {
        private final boolean row;
        private final List<String> lines = new ArrayList<>();
        private final List<List<String>> cells = new ArrayList<>();

        Frame(boolean row) {
            this.row = row;
        }
    }

    /** Whether the part is one of a word processor. */
    private boolean readPart(byte[] part, boolean isMain) {
        try {
            XMLStreamReader xml = factory().createXMLStreamReader(new ByteArrayInputStream(part));
            try {
                return readPart(xml, isMain);
            } finally {
                xml.close();
            }
        } catch (XMLStreamException | IllegalArgumentException malformed) {
            throw new RefusedException(Refusal.BROKEN);
        }
    }

    static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new RefusedException(Refusal.FORBIDDEN_XML);
        });
        return factory;
    }

    /** The next event; document types and entities of one's own are refused, and so is what is nested too deeply. */
    static int next(XMLStreamReader xml) throws XMLStreamException {
        int event = xml.next();
        if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
            throw new RefusedException(Refusal.FORBIDDEN_XML);
        }
        return event;
    }

    private boolean readPart(XMLStreamReader xml, boolean isMain) throws XMLStreamException {
        Deque<Frame> frames = new ArrayDeque<>();
        frames.push(new Frame(false));
        Deque<Paragraph> paragraphs = new ArrayDeque<>();
        int depth = 0;
        int skippedFrom = 0;
        boolean inText = false;
        boolean isWord = false;
        while (xml.hasNext()) {
            int event = next(xml);
            if (event == XMLStreamConstants.START_ELEMENT) {
                if (++depth > limits.depth()) {
                    throw new RefusedException(Refusal.TOO_DEEP);
                }
                String name = xml.getLocalName();
                boolean word = WORD.contains(String.valueOf(xml.getNamespaceURI()));
                if (depth == 1) {
                    isWord = word && (!isMain || name.equals("document"));
                    if (isMain && !isWord) {
                        return false;
                    }
                }
                if (skippedFrom == 0 && LEFT_OUT.contains(name)) {
                    skippedFrom = depth;
                }
                if (skippedFrom == 0 && word) {
                    inText = start(xml, name, frames, paragraphs);
                }
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                if (skippedFrom == 0 && WORD.contains(String.valueOf(xml.getNamespaceURI()))) {
                    end(xml.getLocalName(), frames, paragraphs);
                    inText = false;
                }
                if (depth-- == skippedFrom) {
                    skippedFrom = 0;
                }
            } else if (inText
                    && skippedFrom == 0
                    && (event == XMLStreamConstants.CHARACTERS
                            || event == XMLStreamConstants.CDATA
                            || event == XMLStreamConstants.SPACE)) {
                append(paragraphs.peek(), xml.getText());
            }
        }
        frames.getLast().lines.forEach(out::add);
        return isWord;
    }

    /** Whether what follows is text. */
    private boolean start(XMLStreamReader xml, String name, Deque<Frame> frames, Deque<Paragraph> paragraphs) {
        Paragraph paragraph = paragraphs.peek();
        switch (name) {
            case "p" -> paragraphs.push(new Paragraph());
            case "tr" -> frames.push(new Frame(true));
            case "tc" -> frames.push(new Frame(false));
            case "numPr" -> {
                if (paragraph != null) {
                    paragraph.listItem = true;
                }
            }
            case "r" -> {
                if (paragraph != null) {
                    paragraph.hidden = false;
                }
            }
            case "vanish" -> {
                if (paragraph != null) {
                    paragraph.hidden = isOn(xml);
                }
            }
            case "tab", "ptab" -> append(paragraph, "\t");
            case "br", "cr" -> append(paragraph, "\n");
            case "noBreakHyphen" -> append(paragraph, "-");
            default -> {
                return name.equals("t");
            }
        }
        return false;
    }

    private static boolean isOn(XMLStreamReader xml) {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            if (xml.getAttributeLocalName(i).equals("val")) {
                return !Set.of("0", "false", "off").contains(xml.getAttributeValue(i));
            }
        }
        return true;
    }

    private void end(String name, Deque<Frame> frames, Deque<Paragraph> paragraphs) {
        switch (name) {
            case "p" -> {
                Paragraph done = paragraphs.pop();
                String text = done.text.toString();
                for (String line : text.split("\n")) {
                    if (!line.isBlank()) {
                        frames.element().lines.add(done.listItem ? LIST_ITEM + line.strip() : line);
                    }
                }
            }
            case "tc" -> {
                Frame cell = frames.pop();
                Frame parent = frames.element();
                if (parent.row) {
                    parent.cells.add(cell.lines);
                } else {
                    parent.lines.addAll(cell.lines);
                }
            }
            case "tr" -> {
                Frame row = frames.pop();
                frames.element().lines.addAll(linesOf(row));
            }
            default -> {
                // Nothing ends that was begun here.
            }
        }
    }

    /** A row of short cells is one line, so that a period and what was done in it stay together. */
    private static List<String> linesOf(Frame row) {
        List<List<String>> cells = new ArrayList<>(row.cells);
        cells.add(row.lines);
        cells.removeIf(List::isEmpty);
        if (cells.stream().allMatch(cell -> cell.size() == 1)) {
            return cells.isEmpty()
                    ? List.of()
                    : List.of(String.join(
                            CELLS, cells.stream().map(List::getFirst).toList()));
        }
        return cells.stream().flatMap(List::stream).toList();
    }

    private void append(@Nullable Paragraph paragraph, String text) {
        if (paragraph == null || paragraph.hidden) {
            return;
        }
        characters += text.length();
        if (characters > limits.characters()) {
            throw new RefusedException(Refusal.TOO_LONG);
        }
        paragraph.text.append(text);
    }
}
