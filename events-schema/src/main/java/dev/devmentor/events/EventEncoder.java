package dev.devmentor.events;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes events. Equal events become equal bytes. */
public final class EventEncoder {
    private static final byte[] SPEC_VERSION = ascii("1.0");
    private static final byte[] JSON = ascii("application/json");

    private static final ThreadLocal<JsonOutput> TEXT = ThreadLocal.withInitial(JsonOutput::new);

    private EventEncoder() {}

    /** The data as JSON: the value of a record in binary mode. */
    public static <T> byte[] encodeData(EventType<T> type, T data) {
        JsonOutput out = new JsonOutput();
        type.codec().write(out, data);
        return out.finish();
    }

    /** What {@link #encodeData} gives, as a text. */
    public static <T> String encodeDataAsText(EventType<T> type, T data) {
        JsonOutput out = TEXT.get();
        out.reset();
        type.codec().write(out, data);
        return out.finishText();
    }

    /** The headers of a record in binary mode, in a fixed order. */
    public static Map<String, byte[]> binaryHeaders(Envelope envelope) {
        Map<String, byte[]> headers = LinkedHashMap.newLinkedHashMap(10);
        headers.put("ce_specversion", SPEC_VERSION);
        headers.put("ce_id", utf8(envelope.id()));
        headers.put("ce_source", utf8(envelope.source()));
        headers.put("ce_type", utf8(envelope.type()));
        Instant time = envelope.time();
        putIfThere(headers, "ce_time", time == null ? null : time(time));
        putIfThere(headers, "ce_subject", envelope.subject());
        putIfThere(headers, "ce_dataschema", envelope.dataschema());
        headers.put("content-type", JSON);
        putIfThere(headers, "traceparent", envelope.traceparent());
        putIfThere(headers, "tracestate", envelope.tracestate());
        return headers;
    }

    /** Envelope and data as one JSON text: the value of a record in structured mode. */
    public static <T> byte[] encodeStructured(EventType<T> type, Event<T> event) {
        Envelope envelope = event.envelope();
        JsonOutput out = new JsonOutput();
        out.string("specversion", "1.0");
        out.string("id", envelope.id());
        out.string("source", envelope.source());
        out.string("type", envelope.type());
        out.instant("time", envelope.time());
        out.string("subject", envelope.subject());
        out.string("dataschema", envelope.dataschema());
        out.string("datacontenttype", "application/json");
        out.string("traceparent", envelope.traceparent());
        out.string("tracestate", envelope.tracestate());
        out.json("data", encodeData(type, event.data()));
        return out.finish();
    }

    /**
     * An id that follows from content, so that importing the same thing twice gives the same event: the first 128 bits
     * of a SHA-256 over the parts and their lengths, in hex.
     */
    public static String contentId(String... parts) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        for (String part : parts) {
            byte[] bytes = utf8(part);
            digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }

    private static void putIfThere(Map<String, byte[]> headers, String name, @Nullable String value) {
        if (value != null) {
            headers.put(name, utf8(value));
        }
    }

    private static String time(Instant time) {
        byte[] text = new byte[32];
        int length = Rfc3339.write(text, 0, time.getEpochSecond(), time.getNano() / 1000);
        return new String(text, 0, length, StandardCharsets.US_ASCII);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
