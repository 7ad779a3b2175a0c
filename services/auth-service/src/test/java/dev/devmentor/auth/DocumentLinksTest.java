package dev.devmentor.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every link of a document to another place of the repository leads there. */
class DocumentLinksTest {
    private static final Path ROOT = Path.of(System.getProperty("devmentor.root", "../.."))
            .toAbsolutePath()
            .normalize();
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$|`[^`\\n]*`|^    .*?$");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.*)$");
    private static final Pattern ANCHOR = Pattern.compile("<a (?:id|name)=\"([^\"]+)\"");

    private final Map<Path, Set<String>> anchors = new HashMap<>();

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> dead = new ArrayList<>();
        int links = 0;
        for (Path document : documents()) {
            Matcher link = LINK.matcher(withoutCode(Files.readString(document)));
            while (link.find()) {
                String target = link.group(1);
                if (target.matches("[a-z]+:.*")) {
                    continue;
                }
                links++;
                String[] parts = target.split("#", 2);
                Path file = parts[0].isEmpty()
                        ? document
                        : document.resolveSibling(parts[0]).normalize();
                boolean there = Files.exists(file)
                        && (parts.length == 1 || anchorsOf(file).contains(parts[1]));
                if (!there) {
                    dead.add(ROOT.relativize(document) + ": " + target);
                }
            }
        }
        assertThat(dead).isEmpty();
        assertThat(links).isGreaterThan(50);
    }

    private static List<Path> documents() throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
                Stream<Path> modules = Files.list(ROOT.resolve("services"))) {
            docs.filter(file -> file.toString().endsWith(".md")).forEach(all::add);
            modules.map(module -> module.resolve("README.md"))
                    .filter(Files::exists)
                    .forEach(all::add);
        }
        all.add(ROOT.resolve("README.md"));
        return all;
    }

    private Set<String> anchorsOf(Path document) throws IOException {
        Set<String> known = anchors.get(document);
        if (known == null) {
            known = anchorsIn(Files.readString(document));
            anchors.put(document, known);
        }
        return known;
    }

    /** As GitHub makes them of headings; those of the same text are numbered. */
    private static Set<String> anchorsIn(String text) {
        Set<String> found = new HashSet<>();
        Matcher heading = HEADING.matcher(text.replaceAll("(?ms)^```.*?^```$", ""));
        while (heading.find()) {
            String words = heading.group(1)
                    .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                    .strip()
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N}\\p{M}_ -]", "")
                    .replace(' ', '-');
            String anchor = words;
            for (int i = 1; !found.add(anchor); i++) {
                anchor = words + "-" + i;
            }
        }
        Matcher named = ANCHOR.matcher(text);
        while (named.find()) {
            found.add(named.group(1));
        }
        return found;
    }

    private static String withoutCode(String text) {
        return CODE.matcher(text).replaceAll("");
    }
}
