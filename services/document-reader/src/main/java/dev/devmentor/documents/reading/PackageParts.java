package dev.devmentor.documents.reading;

import dev.devmentor.documents.DocumentLimits;
import dev.devmentor.documents.Refusal;
import dev.devmentor.documents.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The parts of an Open Packaging file (ECMA-376 part 2). It is unpacked from front to back, never by its directory, so that
 * entries that overlap have no effect; what is no XML is counted and dropped.
 */
final class PackageParts {
    private static final byte[] END_OF_DIRECTORY = {'P', 'K', 5, 6};
    private static final byte[] FIRST_ENTRY = {'P', 'K', 3, 4};
    private static final int LONGEST_END = 22 + 65_535;
    private static final int FLAGS_AT = 6;
    private static final int ENCRYPTED_FLAG = 1;
    private static final String RELATIONSHIPS = "_rels/.rels";
    private static final String MAIN_TYPE = "/officeDocument";

    private final Map<String, byte[]> parts;

    private PackageParts(Map<String, byte[]> parts) {
        this.parts = parts;
    }

    static PackageParts read(byte[] bytes, DocumentLimits limits) {
        if (Magic.at(bytes, 0, FIRST_ENTRY) && bytes.length > FLAGS_AT && (bytes[FLAGS_AT] & ENCRYPTED_FLAG) != 0) {
            throw new RefusedException(Refusal.ENCRYPTED);
        }
        requireEnd(bytes);
        Map<String, byte[]> parts = new TreeMap<>();
        long expanded = 0;
        int entries = 0;
        byte[] buffer = new byte[8192];
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (++entries > limits.entries()) {
                    throw new RefusedException(Refusal.EXPANDS);
                }
                String name = entry.getName();
                boolean xml = name.endsWith(".xml") || name.endsWith(".rels");
                ByteArrayOutputStream part = new ByteArrayOutputStream();
                for (int n = zip.read(buffer); n >= 0; n = zip.read(buffer)) {
                    expanded += n;
                    if (expanded > limits.expandedBytes()) {
                        throw new RefusedException(Refusal.EXPANDS);
                    }
                    if (xml) {
                        part.write(buffer, 0, n);
                    }
                }
                if (xml && parts.put(name, part.toByteArray()) != null) {
                    throw new RefusedException(Refusal.BROKEN);
                }
            }
        } catch (IOException | IllegalArgumentException damaged) {
            throw new RefusedException(Refusal.BROKEN);
        }
        if (parts.isEmpty()) {
            throw new RefusedException(Refusal.UNSUPPORTED);
        }
        return new PackageParts(parts);
    }

    /** The directory stands at the end; without it the file was cut off. */
    private static void requireEnd(byte[] bytes) {
        for (int i = bytes.length - 22; i >= Math.max(0, bytes.length - LONGEST_END); i--) {
            if (Magic.at(bytes, i, END_OF_DIRECTORY)) {
                return;
            }
        }
        throw new RefusedException(Refusal.BROKEN);
    }

    /** Name of the part that is the document. */
    String main() {
        byte[] relationships = parts.get(RELATIONSHIPS);
        if (relationships == null) {
            throw new RefusedException(Refusal.UNSUPPORTED);
        }
        try {
            XMLStreamReader xml = DocxText.factory().createXMLStreamReader(new ByteArrayInputStream(relationships));
            try {
                while (xml.hasNext()) {
                    if (DocxText.next(xml) == XMLStreamConstants.START_ELEMENT
                            && xml.getLocalName().equals("Relationship")
                            && String.valueOf(xml.getAttributeValue(null, "Type"))
                                    .endsWith(MAIN_TYPE)) {
                        String target = String.valueOf(xml.getAttributeValue(null, "Target"));
                        String name = target.startsWith("/") ? target.substring(1) : target;
                        if (parts.containsKey(name)) {
                            return name;
                        }
                    }
                }
            } finally {
                xml.close();
            }
        } catch (XMLStreamException malformed) {
            throw new RefusedException(Refusal.BROKEN);
        }
        throw new RefusedException(Refusal.UNSUPPORTED);
    }

    byte[] require(String name) {
        byte[] part = parts.get(name);
        if (part == null) {
            throw new RefusedException(Refusal.BROKEN);
        }
        return part;
    }

    /** Headers, the document, its notes, footers; each kind by name. */
    List<String> inReadingOrder(String main, String folder) {
        List<String> names = new ArrayList<>();
        addNamed(names, folder + "header");
        names.add(main);
        addNamed(names, folder + "footnotes");
        addNamed(names, folder + "endnotes");
        addNamed(names, folder + "footer");
        return names;
    }

    private void addNamed(List<String> names, String prefix) {
        for (String name : parts.keySet()) {
            if (name.startsWith(prefix) && name.endsWith(".xml") && name.indexOf('/', prefix.length()) < 0) {
                names.add(name);
            }
        }
    }
}
