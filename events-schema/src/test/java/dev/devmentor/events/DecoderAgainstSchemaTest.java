package dev.devmentor.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** No validator runs on the hot path: this is why that is safe. */
final class DecoderAgainstSchemaTest {
    private static final long SEED = 20_260_301;
    private static final int PER_TYPE = Repository.inFull() ? 143_000 : 4_000;
    private static final int ENVELOPES = Repository.inFull() ? 143_000 : 6_000;
    private static final Envelope ENVELOPE = new Envelope("e-1", "/differential", "", null, null, null, null, null);

    private final EventDecoder decoder = new EventDecoder();
    /** For what is written again with more white space. */
    private final EventDecoder roomy = new EventDecoder(Integer.MAX_VALUE);

    static List<EventType<?>> types() {
        return EventTypes.all();
    }

    @ParameterizedTest
    @MethodSource("types")
    <T> void acceptsExactlyWhatTheSchemaAndTheRulesBesideItAllow(EventType<T> type) {
        Schema schema = Schemas.of(type);
        JsonNode tree = Schemas.STRICT.readTree(Schemas.text(type.schemaResource()));
        Documents documents = new Documents(new Random(SEED + type.name().hashCode()));
        int accepted = 0;
        for (int i = 0; i < PER_TYPE; i++) {
            byte[] json = documents.next(tree);
            Decoded<T> decoded = decoder.decodeData(type, ENVELOPE, json);
            boolean allowed = allowed(schema, tree, json);
            boolean taken = decoded instanceof Decoded.Accepted<T>;
            if (allowed != taken) {
                assertThat(taken)
                        .as("%s by the schema, %s by us: %s", allowed, decoded, text(json))
                        .isEqualTo(allowed);
            }
            if (decoded instanceof Decoded.Accepted<T>(Event<T> event)) {
                accepted++;
                assertSaysTheSameInEverySpelling(type, event.data(), json);
            }
        }
        assertThat(accepted).as("valid among the generated").isBetween(PER_TYPE / 4, PER_TYPE * 4 / 5);
    }

    private <T> void assertSaysTheSameInEverySpelling(EventType<T> type, T data, byte[] json) {
        byte[] written = EventEncoder.encodeData(type, data);
        assertThat(read(decoder, type, written)).as(text(json)).isEqualTo(data);
        assertThat(EventEncoder.encodeData(type, read(decoder, type, written))).isEqualTo(written);
        byte[] pretty =
                Schemas.STRICT.writerWithDefaultPrettyPrinter().writeValueAsBytes(Schemas.STRICT.readTree(json));
        assertThat(read(roomy, type, pretty)).as(text(json)).isEqualTo(data);
    }

    @Test
    void takesExactlyTheEnvelopesThatTheSchemaAllows() {
        EventType<UserErased> type = EventTypes.USER_ERASED;
        Schema schema = Schemas.load("/schemas/cloudevent.json");
        JsonNode tree = Schemas.STRICT.readTree(Schemas.text("/schemas/cloudevent.json"));
        Random random = new Random(SEED);
        Envelopes envelopes = new Envelopes(random);
        int accepted = 0;
        for (int i = 0; i < ENVELOPES; i++) {
            byte[] json = envelopes.next();
            Decoded<UserErased> decoded = decoder.decode(type, HeaderLookup.NONE, json);
            boolean allowed = allowed(schema, tree, json) && ours(json, type);
            boolean taken = decoded instanceof Decoded.Accepted<UserErased>;
            if (allowed != taken) {
                assertThat(taken)
                        .as("%s by the schema, %s by us: %s", allowed, decoded, text(json))
                        .isEqualTo(allowed);
            }
            accepted += taken ? 1 : 0;
        }
        assertThat(accepted).as("valid among the generated").isBetween(ENVELOPES / 5, ENVELOPES * 4 / 5);
    }

    /** What the envelope's schema leaves open: type, version, the form of the data. */
    private static boolean ours(byte[] json, EventType<?> type) {
        JsonNode envelope = Schemas.STRICT.readTree(json);
        String time = envelope.path("time").asString("");
        return envelope.path("type").asString("").equals(type.name())
                && envelope.path("dataschema").asString(type.schemaUri()).equals(type.schemaUri())
                && envelope.path("datacontenttype").asString("application/json").equals("application/json")
                && (time.isEmpty() || RulesBesideTheSchema.timeIsAllowed(time))
                && Schemas.of(type).validate(envelope.path("data")).isEmpty();
    }

    private static boolean allowed(Schema schema, JsonNode tree, byte[] json) {
        // In this order: what breaks the limits of numbers is more than the tree can hold.
        if (!RulesBesideTheSchema.sizeIsAllowed(json)
                || !RulesBesideTheSchema.isUtf8(json)
                || !RulesBesideTheSchema.tokensAreAllowed(json)) {
            return false;
        }
        try {
            JsonNode data = Schemas.STRICT.readTree(json);
            return schema.validate(data).isEmpty() && RulesBesideTheSchema.fieldsAreAllowed(tree, data);
        } catch (JacksonException e) {
            return false;
        }
    }

    private static <T> T read(EventDecoder decoder, EventType<T> type, byte[] json) {
        if (decoder.decodeData(type, ENVELOPE, json) instanceof Decoded.Accepted<T>(Event<T> event)) {
            return event.data();
        }
        throw new AssertionError("refused: " + text(json));
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    /** Envelopes of good data with attributes good and bad. */
    private static final class Envelopes {
        private static final Map<String, List<String>> ATTRIBUTES = attributes();

        private final Random random;

        Envelopes(Random random) {
            this.random = random;
        }

        byte[] next() {
            StringBuilder text = new StringBuilder("{");
            for (Map.Entry<String, List<String>> attribute : ATTRIBUTES.entrySet()) {
                List<String> values = attribute.getValue();
                // The first value is a good one and comes most often; an optional attribute may be absent.
                int pick = random.nextInt(10) < 9 ? 0 : random.nextInt(values.size());
                String value = values.get(pick);
                if (!value.isEmpty()) {
                    text.append(text.length() > 1 ? "," : "")
                            .append('"')
                            .append(attribute.getKey())
                            .append("\":")
                            .append(value);
                }
            }
            return text.append('}').toString().getBytes(StandardCharsets.UTF_8);
        }

        private static Map<String, List<String>> attributes() {
            Map<String, List<String>> all = new HashMap<>();
            all.put("specversion", List.of("\"1.0\"", "", "null", "\"1.1\"", "1.0", "\"\""));
            all.put(
                    "id",
                    List.of(
                            "\"e-1\"",
                            "",
                            "null",
                            "\"\"",
                            "7",
                            "\"" + "i".repeat(256) + "\"",
                            "\"" + "i".repeat(257) + "\"",
                            "\"" + "😀".repeat(256) + "\"",
                            "\"a\\u0000\"",
                            "\"a\\u0085\"",
                            "\"a\\ud800\"",
                            "\"a b\""));
            all.put(
                    "source",
                    List.of(
                            "\"https://producer.example/a?b=c#d\"",
                            "",
                            "null",
                            "\"\"",
                            "\"/relative\"",
                            "\"urn:uuid:1b4e28ba\"",
                            "\"a b\"",
                            "\"%20\"",
                            "\"%2\"",
                            "\"1a:b\"",
                            "\"a/1:b\"",
                            "\"?a:b\"",
                            "\"#a:b\"",
                            "\":\"",
                            "\"a+b-c.d:\"",
                            "\"a_b:c\"",
                            "\"#\"",
                            "\"##\"",
                            "\"//host/[::1]\"",
                            "\"ü\"",
                            "\"" + "/a".repeat(128) + "\"",
                            "\"" + "/a".repeat(129) + "\""));
            all.put("type", List.of("\"user.erased\"", "", "null", "\"user.online\"", "\"\"", "1"));
            all.put(
                    "time",
                    List.of(
                            "\"2026-03-01T09:30:00Z\"",
                            "",
                            "null",
                            "\"\"",
                            "\"2026-02-30T09:30:00Z\"",
                            "\"2201-01-01T00:00:00Z\"",
                            "17"));
            all.put("subject", List.of("\"l-1\"", "", "null", "\"\"", "1", "\"a\\nb\""));
            all.put(
                    "dataschema",
                    List.of(
                            "\"https://devmentor.dev/schemas/user.erased/v1.json\"",
                            "",
                            "null",
                            "\"https://devmentor.dev/schemas/user.erased/v2.json\"",
                            "\"\"",
                            "1"));
            all.put("datacontenttype", List.of("\"application/json\"", "", "null", "\"text/plain\"", "1"));
            all.put("traceparent", List.of("", "null", "\"broken\"", "1", "\"\""));
            all.put("extension", List.of("", "true", "null", "{\"a\":{}}", "{\"a\":1,\"a\":1}", "1e400"));
            all.put(
                    "data",
                    List.of(
                            "{\"learner\":\"l-1\",\"erasedAt\":\"2026-03-01T12:00:00Z\"}",
                            "",
                            "null",
                            "{}",
                            "[]",
                            "\"x\""));
            return all;
        }
    }
}
