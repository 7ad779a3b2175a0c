package dev.devmentor.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class KitConfigTest {
    private static final Path DOCS = Path.of(System.getProperty("devmentor.root", "../.."), "docs", "configuration.md");

    private static Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        collect(KitConfig.class, "devmentor.events", settings);
        return settings;
    }

    private static void collect(Class<?> type, String prefix, Map<String, String> into) {
        for (Method method : type.getDeclaredMethods()) {
            String name = prefix + "."
                    + Pattern.compile("[A-Z]")
                            .matcher(method.getName())
                            .replaceAll(match -> "-" + match.group().toLowerCase(java.util.Locale.ROOT));
            if (method.getReturnType().isInterface()) {
                collect(method.getReturnType(), name, into);
            } else {
                WithDefault given = method.getAnnotation(WithDefault.class);
                assertThat(given).as("%s has a default", name).isNotNull();
                into.put(name, given.value());
            }
        }
    }

    @Test
    void theLimitsOfTheContractsAreTheDefaults() {
        assertThat(settings())
                .containsEntry("devmentor.events.consumer.max-value-bytes", Integer.toString(256 * 1024))
                .containsEntry("devmentor.events.consumer.max-ahead", "PT5M")
                .containsEntry("devmentor.events.consumer.enabled", "true")
                .containsEntry("devmentor.events.outbox.relay", "true");
    }

    @Test
    void everySettingStandsInTheDocsWithItsDefaultAndNoOtherDoes() throws IOException {
        assumeThat(DOCS).exists();
        Map<String, String> documented = new TreeMap<>();
        Pattern.compile("^\\| `(devmentor\\.events\\.[a-z.-]+)` \\| `([^`]+)` \\|", Pattern.MULTILINE)
                .matcher(Files.readString(DOCS))
                .results()
                .forEach(match -> documented.put(match.group(1), match.group(2)));

        assertThat(documented).isEqualTo(settings());
    }
}
