package dev.devmentor.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds two pages of docs to the sources of the auth service and the gateway: every setting and metric is there, and no other. */
class DocsTest {
    private static final Path ROOT = Path.of(System.getProperty("devmentor.root", "../.."));
    private static final String NONE = "none";
    private static final Pattern MAPPING = Pattern.compile("@ConfigMapping\\(prefix = \"([^\"]+)\"\\)");
    /** A method of a mapping with its annotations, or an interface in it. */
    private static final Pattern MEMBER = Pattern.compile(
            "((?:@\\w+(?:\\(\\s*\"[^\"]*\"\\s*\\))?\\s+)*)[\\w.]+(<[^;{]*>)? (\\w+)\\(\\);|interface (\\w+) \\{");

    private static final Pattern DEFAULT = Pattern.compile("@WithDefault\\(\\s*\"([^\"]*)\"");
    private static final Pattern PROPERTY = Pattern.compile(
            "@ConfigProperty\\(\\s*name = \"(devmentor\\.[^\"]+)\"(?:,\\s*defaultValue = \"([^\"]*)\")?");
    private static final Pattern SETTING_ROW =
            Pattern.compile("^\\| `(devmentor\\.(?:auth|gateway)\\.[^`]+)` \\| ([^|]*) \\| [^|]+", Pattern.MULTILINE);
    private static final Pattern METRIC = Pattern.compile(
            "(?:builder|counter|gauge|timer|summary|RequestCounter\\.of)\\(\\s*(?:\\w+,\\s*)?\"(devmentor(?:\\.[a-z]+)+)\"");
    private static final Pattern METRIC_ROW = Pattern.compile(
            "^\\| `(devmentor_(?:auth|password|throttle|mail|audit|gateway)_[a-z_]+)` \\| (\\w+)", Pattern.MULTILINE);

    private static List<String> sources() throws IOException {
        List<String> sources = new java.util.ArrayList<>();
        for (String module : List.of("auth-service", "api-gateway")) {
            try (Stream<Path> files =
                    Files.walk(ROOT.resolve("services").resolve(module).resolve("src/main/java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    sources.add(Files.readString(file));
                }
            }
        }
        return sources;
    }

    private static String kebab(String name) {
        return name.replaceAll("(?<=[a-z0-9])([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static void settings(String source, Map<String, String> settings) {
        Matcher mapping = MAPPING.matcher(source);
        if (mapping.find()) {
            String prefix = mapping.group(1);
            for (MatchResult member :
                    MEMBER.matcher(source.substring(mapping.end())).results().toList()) {
                if (member.group(3) == null) {
                    continue;
                }
                if (member.group(1).contains("@WithParentName")) {
                    prefix += ".NAME";
                    if (member.group(2).contains("URI")) {
                        settings.put(prefix, NONE);
                    }
                    continue;
                }
                Matcher byDefault = DEFAULT.matcher(member.group(1));
                settings.put(prefix + "." + kebab(member.group(3)), byDefault.find() ? byDefault.group(1) : NONE);
            }
        }
        PROPERTY.matcher(source).results().forEach(property -> {
            String given = property.group(2);
            settings.merge(
                    property.group(1), given == null ? NONE : given, (one, other) -> one.equals(NONE) ? other : one);
        });
    }

    @Test
    void everySettingStandsInTheDocsWithItsDefaultAndNoOther() throws IOException {
        Map<String, String> inCode = new TreeMap<>();
        for (String source : sources()) {
            settings(source, inCode);
        }
        Map<String, String> inDocs = new TreeMap<>();
        SETTING_ROW
                .matcher(Files.readString(ROOT.resolve("docs/configuration.md")))
                .results()
                .forEach(row -> assertThat(inDocs.put(row.group(1), row.group(2)))
                        .as("%s stands there once", row.group(1))
                        .isNull());

        assertThat(inDocs.keySet()).isEqualTo(inCode.keySet()).hasSizeGreaterThan(150);
        inCode.forEach((name, value) -> {
            if (!value.equals(NONE)) {
                assertThat(inDocs.get(name)).as(name).isEqualTo("`" + value + "`");
            }
        });
    }

    @Test
    void everyMetricStandsInTheDictionaryAndNoOther() throws IOException {
        Set<String> inCode = new TreeSet<>();
        for (String source : sources()) {
            METRIC.matcher(source)
                    .results()
                    .forEach(metric -> inCode.add(metric.group(1).replace('.', '_')));
        }
        Set<String> inDocs = new TreeSet<>();
        METRIC_ROW
                .matcher(Files.readString(ROOT.resolve("docs/telemetry.md")))
                .results()
                .forEach(row -> inDocs.add(registered(row.group(1), row.group(2))));

        assertThat(inDocs).isEqualTo(inCode).hasSizeGreaterThan(40);
    }

    /** What code calls it: Prometheus adds how it is counted. */
    private static String registered(String served, String kind) {
        String ending = switch (kind) {
            case "counter" -> "_total";
            case "timer", "histogram" -> "_seconds";
            default -> "";
        };
        assertThat(served).as(kind).endsWith(ending);
        return served.substring(0, served.length() - ending.length());
    }
}
