package dev.devmentor.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * The lock: what is released stays. A change that only widens a schema is locked anew with {@code
 * -Ddevmentor.update=true}; one that narrows it is refused even so, and needs a new version beside the old one.
 */
final class ReleasedSchemasTest {
    private static final Path LOCK = Repository.module().resolve("released.lock");
    private static final Path SCHEMAS = Repository.module().resolve("schemas");
    private static final String HEAD = """
            # What of every schema is released: its hash, and what it demands (place, keyword, value).
            # Written by ./mvnw -pl events-schema verify -Ddevmentor.update=true, which refuses to narrow anything.
            """;

    @Test
    void whatIsReleasedStays() throws IOException {
        Map<String, List<String>> released = Files.exists(LOCK) ? read(Files.readString(LOCK)) : Map.of();
        Map<String, String> now = schemas();
        List<String> broken = new ArrayList<>();
        released.forEach((name, summary) -> {
            String schema = now.get(name);
            if (schema == null) {
                broken.add(name + " is gone");
            } else {
                Compatibility.violations(summary, Compatibility.summary(Schemas.STRICT.readTree(schema)))
                        .forEach(violation -> broken.add(name + " " + violation));
            }
        });
        assertThat(broken).isEmpty();
        Repository.assertGenerated(LOCK, write(now));
    }

    @Test
    void everyTypeIsReleased() throws IOException {
        assertThat(schemas().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(EventTypes.all().stream().map(EventType::toString), Stream.of("cloudevent"))
                                .toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`\"required\":[\"a\"]` | `\"required\":[\"a\",\"b\"]` | / required: now required: \"b\"",
                "`\"maxLength\":10` | `\"maxLength\":9` | /properties/a maxLength: narrowed from 10 to 9",
                "`\"minLength\":1` | `\"minLength\":2` | /properties/a minLength: narrowed from 1 to 2",
                "`\"maximum\":5` | `\"maximum\":4.5` | /properties/b maximum: narrowed from 5 to 4.5",
                "`\"minimum\":0` | `\"minimum\":1` | /properties/b minimum: narrowed from 0 to 1",
                "`[\"x\",\"y\"]` | `[\"x\"]` | /properties/c enum: no longer taken: \"y\"",
                "`\"c\":{` | `\"d\":{` | /properties/c described: the property is gone",
                "`\"type\":\"number\"` | `\"type\":\"integer\"` | /properties/b type: no longer taken: \"number\"",
                "`\"pattern\":\"^x\"` | `\"pattern\":\"^xy\"` | /properties/a pattern: changed",
                "`\"minLength\":1` | `\"format\":\"uri\",\"minLength\":1` | /properties/a format: a new demand",
                "`\"maxItems\":3` | `\"maxItems\":3,\"uniqueItems\":true` | /properties/e uniqueItems: a new demand",
                "`\"maxLength\":20` | `\"maxLength\":19` | /properties/e/items maxLength: narrowed from 20 to 19",
                "`\"maxLength\":30` | `\"maxLength\":29` | /properties/f/items/properties/g maxLength: narrowed from 30 to 29",
                "`\"g\":{` | `\"h\":{` | /properties/f/items/properties/g described: the property is gone",
                "`\"required\":[\"g\"]` | `\"required\":[\"g\",\"h\"]` | /properties/f/items required: now required: \"h\"",
                "`\"additionalProperties\":true` | `\"additionalProperties\":false` | / additionalProperties: changed",
                "`\"allOf\":[]` | `\"allOf\":[{\"required\":[\"b\"]}]` | / allOf: changed",
            })
    void anIncompatibleChangeIsCaught(String part, String changed, String violation) {
        assertThat(SAMPLE).contains(part);
        assertThat(violations(SAMPLE.replace(part, changed))).contains(violation);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`\"maxLength\":10` | `\"maxLength\":11`",
                "`\"minLength\":1,` | ``",
                "`\"minimum\":0` | `\"minimum\":-1`",
                "`[\"x\",\"y\"]` | `[\"x\",\"y\",\"z\"]`",
                "`\"required\":[\"a\"]` | `\"required\":[]`",
                "`\"c\":{` | `\"d\":{\"type\":\"string\",\"maxLength\":5},\"c\":{`",
                "`\"g\":{` | `\"h\":{\"type\":\"string\",\"maxLength\":5},\"g\":{`",
                "`\"type\":\"number\"` | `\"description\":\"words\",\"type\":\"number\"`",
                "`\"type\":\"number\"` | `\"type\":[\"number\",\"string\"]`",
            })
    void aCompatibleChangeIsAllowed(String part, String changed) {
        assertThat(SAMPLE).contains(part);
        assertThat(violations(SAMPLE.replace(part, changed))).isEmpty();
    }

    @Test
    void theLockReadsBackAsItWasWritten() throws IOException {
        Map<String, List<String>> summaries = new LinkedHashMap<>();
        schemas()
                .forEach((name, schema) -> summaries.put(name, Compatibility.summary(Schemas.STRICT.readTree(schema))));
        assertThat(read(write(schemas()))).isEqualTo(summaries);
    }

    private static final String SAMPLE = """
            {"required":["a"],"additionalProperties":true,"allOf":[],"properties":{
            "a":{"type":"string","minLength":1,"maxLength":10,"pattern":"^x"},
            "b":{"type":"number","minimum":0,"maximum":5},
            "c":{"enum":["x","y"]},
            "e":{"type":"array","maxItems":3,"items":{"type":"string","maxLength":20}},
            "f":{"type":"array","maxItems":4,"items":{"required":["g"],"properties":{"g":{"type":"string","maxLength":30}}}}}}
            """;

    private static List<String> violations(String changed) {
        JsonNode before = Schemas.STRICT.readTree(SAMPLE);
        JsonNode after = Schemas.STRICT.readTree(changed);
        return Compatibility.violations(Compatibility.summary(before), Compatibility.summary(after));
    }

    private static Map<String, String> schemas() throws IOException {
        Map<String, String> schemas = new TreeMap<>();
        try (Stream<Path> files = Files.walk(SCHEMAS)) {
            for (Path file : files.filter(
                            file -> file.toString().endsWith(".json") && !file.startsWith(SCHEMAS.resolve("examples")))
                    .toList()) {
                String name = SCHEMAS.relativize(file).toString().replace('\\', '/');
                schemas.put(name.substring(0, name.length() - ".json".length()), Files.readString(file));
            }
        }
        return schemas;
    }

    private static String write(Map<String, String> schemas) {
        StringBuilder lock = new StringBuilder(HEAD);
        schemas.forEach((name, schema) -> {
            lock.append('\n')
                    .append(name)
                    .append(" sha256:")
                    .append(sha256(schema))
                    .append('\n');
            Compatibility.summary(Schemas.STRICT.readTree(schema))
                    .forEach(line -> lock.append("  ").append(line).append('\n'));
        });
        return lock.toString();
    }

    private static Map<String, List<String>> read(String lock) {
        Map<String, List<String>> released = new LinkedHashMap<>();
        List<String> current = new ArrayList<>();
        for (String line : lock.lines().toList()) {
            if (line.startsWith("  ")) {
                current.add(line.substring(2));
            } else if (!line.isBlank() && !line.startsWith("#")) {
                current = new ArrayList<>();
                released.put(line.substring(0, line.indexOf(' ')), current);
            }
        }
        return released;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
