package dev.devmentor.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads records by the CloudEvents 1.0 Kafka binding, binary and structured. It accepts exactly what the type's JSON
 * Schema accepts and the rules beside it allow, and answers anything else with the first reason it meets; no bytes make
 * it throw.
 *
 * <p>It keeps tables of what repeats from record to record: one decoder per consuming thread, never shared.
 */
public final class EventDecoder {
    /** Bytes of a value. */
    public static final int DEFAULT_MAX_BYTES = 256 * 1024;

    /** Levels of objects and arrays in the data, the data itself counted. */
    static final int MAX_DEPTH = 32;

    private static final byte[] JSON = "application/json".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SPEC_VERSION = "1.0".getBytes(StandardCharsets.US_ASCII);
    private static final String STRUCTURED = "application/cloudevents+json";

    private final int maxBytes;
    private final JsonFactory dataJson = json(MAX_DEPTH);
    private final JsonFactory envelopeJson = json(MAX_DEPTH + 1);
    private final JsonInput input = new JsonInput();
    private final KnownSources sources = new KnownSources();

    public EventDecoder() {
        this(DEFAULT_MAX_BYTES);
    }

    /** A decoder that refuses values of more than {@code maxBytes} bytes as oversized. */
    public EventDecoder(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Decodes a record from the topic of {@code expected}. */
    public <T> Decoded<T> decode(EventType<T> expected, HeaderLookup headers, byte @Nullable [] value) {
        try {
            byte[] bytes = checked(value, maxBytes);
            byte[] contentType = headers.header("content-type");
            if (contentType == null || Arrays.equals(contentType, JSON)) {
                return binaryOrBare(expected, headers, bytes);
            }
            String mediaType = mediaType(contentType);
            if (mediaType.equals(STRUCTURED)) {
                return structured(expected, headers, bytes);
            }
            if (mediaType.startsWith("application/cloudevents")) {
                throw Attributes.refuse("content-type", "a form of CloudEvents that is not accepted here");
            }
            checkJsonMediaType("content-type", mediaType);
            return binaryOrBare(expected, headers, bytes);
        } catch (Refusal refusal) {
            return rejected(refusal);
        } catch (IOException e) {
            return rejected(e);
        }
    }

    /**
     * Decodes data whose envelope is known already, such as a stored or an HTTP one, by the same rules. The envelope is
     * taken as it is.
     */
    public <T> Decoded<T> decodeData(EventType<T> type, Envelope envelope, byte @Nullable [] json) {
        try {
            byte[] bytes = checked(json, maxBytes);
            return new Decoded.Accepted<>(new Event<>(envelope, data(type, bytes, 0, bytes.length, "")));
        } catch (Refusal refusal) {
            return rejected(refusal);
        } catch (IOException e) {
            return rejected(e);
        }
    }

    private <T> Decoded<T> binaryOrBare(EventType<T> expected, HeaderLookup headers, byte[] value) throws IOException {
        byte[] specVersion = headers.header("ce_specversion");
        byte[] id = headers.header("ce_id");
        byte[] source = headers.header("ce_source");
        byte[] type = headers.header("ce_type");
        if (specVersion == null && id == null && source == null && type == null) {
            return structured(expected, headers, value);
        }
        if (specVersion == null || !Arrays.equals(specVersion, SPEC_VERSION)) {
            Attributes.checkSpecVersion(text("specversion", specVersion));
        }
        if (type == null || !Arrays.equals(type, expected.nameBytes())) {
            Attributes.checkType(expected, text("type", type));
        }
        byte[] schemaBytes = headers.header("ce_dataschema");
        String dataschema = schemaBytes != null && Arrays.equals(schemaBytes, expected.schemaUriBytes())
                ? expected.schemaUri()
                : Attributes.checkSchema(expected, text("dataschema", schemaBytes));
        String checkedId = Attributes.id(text("id", id));
        String checkedSource = source(source);
        Instant time = Attributes.time(text("time", headers.header("ce_time")));
        String subject = Attributes.subject(text("subject", headers.header("ce_subject")));
        String traceparent = traceparent(headers, header(headers, "ce_traceparent"));
        String tracestate = traceparent == null ? null : tracestate(headers, header(headers, "ce_tracestate"));
        T data = data(expected, value, 0, value.length, "");
        return new Decoded.Accepted<>(new Event<>(
                new Envelope(
                        checkedId, checkedSource, expected.name(), time, subject, dataschema, traceparent, tracestate),
                data));
    }

    private String source(byte @Nullable [] bytes) {
        String known = bytes == null ? null : sources.get(bytes);
        if (known != null) {
            return known;
        }
        String checked = Attributes.source(text("source", bytes));
        if (bytes != null) {
            sources.put(bytes, checked);
        }
        return checked;
    }

    private <T> Decoded<T> structured(EventType<T> expected, HeaderLookup headers, byte[] value) throws IOException {
        StructuredEnvelope read = new StructuredEnvelope(value);
        try (JsonParser parser = envelopeJson.createParser(value)) {
            try {
                read.from(parser);
                checkEnd(parser);
            } catch (Refusal refusal) {
                skipToEnd(parser);
                throw refusal;
            }
        }
        Attributes.checkSpecVersion(read.attribute("specversion"));
        Attributes.checkType(expected, read.attribute("type"));
        String dataschema = Attributes.checkSchema(expected, read.attribute("dataschema"));
        String contentType = read.attribute("datacontenttype");
        if (contentType != null) {
            checkJsonMediaType("datacontenttype", mediaType(contentType.getBytes(StandardCharsets.UTF_8)));
        }
        String traceparent = traceparent(headers, read.attribute("traceparent"));
        Envelope envelope = new Envelope(
                Attributes.id(read.attribute("id")),
                Attributes.source(read.attribute("source")),
                expected.name(),
                Attributes.time(read.attribute("time")),
                Attributes.subject(read.attribute("subject")),
                dataschema,
                traceparent,
                traceparent == null ? null : tracestate(headers, read.attribute("tracestate")));
        StructuredEnvelope.Data data = read.data();
        // Data within the value was checked with it; that from base64 was not.
        byte[] json = data.json() == value ? value : checked(data.json(), maxBytes);
        return new Decoded.Accepted<>(
                new Event<>(envelope, data(expected, json, data.from(), data.length(), data.pointer())));
    }

    private <T> T data(EventType<T> type, byte[] json, int from, int length, String pointer) throws IOException {
        try (JsonParser parser = dataJson.createParser(json, from, length)) {
            try {
                input.start(parser, pointer);
                T data = type.codec().read(input);
                checkEnd(parser);
                return data;
            } catch (Refusal refusal) {
                skipToEnd(parser);
                throw refusal;
            }
        }
    }

    private static void checkEnd(JsonParser parser) throws IOException {
        if (parser.nextToken() != null) {
            throw new Refusal(Reason.NOT_JSON, "something follows the JSON text");
        }
    }

    /** Reads on after a refusal, so that what is not JSON is called that, whatever else is wrong with it. */
    private static void skipToEnd(JsonParser parser) throws IOException {
        int depth = parser.getParsingContext().getNestingDepth();
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (depth == 0) {
                throw new Refusal(Reason.NOT_JSON, "something follows the JSON text");
            }
            depth = parser.getParsingContext().getNestingDepth();
        }
    }

    private static byte[] checked(byte @Nullable [] value, int maxBytes) {
        if (value == null || value.length == 0) {
            throw new Refusal(Reason.EMPTY, "no value");
        }
        if (value.length > maxBytes) {
            throw new Refusal(Reason.OVERSIZED, "longer than " + maxBytes + " bytes");
        }
        if (!Utf8.wellFormed(value)) {
            throw new Refusal(Reason.NOT_UTF8, "not UTF-8");
        }
        // The parser would take a byte order mark, and guess UTF-16 and UTF-32 by the place of zeros.
        boolean mark =
                value.length >= 3 && value[0] == (byte) 0xEF && value[1] == (byte) 0xBB && value[2] == (byte) 0xBF;
        boolean zero = false;
        for (int i = 0; i < Math.min(4, value.length); i++) {
            zero |= value[i] == 0;
        }
        if (mark || zero) {
            throw new Refusal(
                    Reason.NOT_JSON, "not JSON at byte 0: a byte order mark, or an encoding other than UTF-8");
        }
        return value;
    }

    private static @Nullable String traceparent(HeaderLookup headers, @Nullable String attribute) {
        String plain = TraceContext.parent(header(headers, "traceparent"));
        return plain != null ? plain : TraceContext.parent(attribute);
    }

    private static @Nullable String tracestate(HeaderLookup headers, @Nullable String attribute) {
        String plain = TraceContext.state(header(headers, "tracestate"));
        return plain != null ? plain : TraceContext.state(attribute);
    }

    private static @Nullable String header(HeaderLookup headers, String name) {
        byte[] bytes = headers.header(name);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    private static @Nullable String text(String attribute, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        if (!Utf8.wellFormed(bytes)) {
            throw Attributes.refuse(attribute, "not UTF-8");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Type and subtype in lower case; refuses any character set but UTF-8. */
    private static String mediaType(byte[] contentType) {
        String text = new String(contentType, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        int end = text.indexOf(';');
        if (end < 0) {
            return text.strip();
        }
        for (String parameter : text.substring(end + 1).split(";")) {
            String[] pair = parameter.strip().split("=", 2);
            if (pair[0].strip().equals("charset")) {
                String charset = pair.length < 2 ? "" : pair[1].strip().replace("\"", "");
                if (!charset.equals("utf-8") && !charset.equals("us-ascii")) {
                    throw new Refusal(Reason.NOT_UTF8, "content type: a character set other than UTF-8");
                }
            }
        }
        return text.substring(0, end).strip();
    }

    private static void checkJsonMediaType(String name, String mediaType) {
        if (!mediaType.equals("application/json") && !mediaType.equals("text/json") && !mediaType.endsWith("+json")) {
            throw new Refusal(Reason.NOT_JSON, name + ": not a JSON type");
        }
    }

    private static <T> Decoded<T> rejected(Refusal refusal) {
        return new Decoded.Rejected<>(refusal.reason(), refusal.detail());
    }

    private static <T> Decoded<T> rejected(IOException e) {
        String at = e instanceof JsonProcessingException json && json.getLocation() != null
                ? " at byte " + json.getLocation().getByteOffset()
                : "";
        return e instanceof StreamConstraintsException
                ? new Decoded.Rejected<>(
                        Reason.SCHEMA_VIOLATION, "deeper than " + MAX_DEPTH + " levels, or a name too long," + at)
                : new Decoded.Rejected<>(Reason.NOT_JSON, "not JSON" + at);
    }

    private static JsonFactory json(int depth) {
        return new JsonFactoryBuilder()
                // Names come from outside: they are kept in the factory's bounded table, not in the JVM's.
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(depth).build())
                .build();
    }
}
