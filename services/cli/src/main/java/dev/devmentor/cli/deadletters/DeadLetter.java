package dev.devmentor.cli.deadletters;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** A record that a service refused, with what it says about that. */
record DeadLetter(ConsumerRecord<byte[], byte[]> record) {
    private static final String PREFIX = "devmentor-dlq-";

    String reason() {
        return about("reason");
    }

    String detail() {
        return about("detail");
    }

    String service() {
        return about("service");
    }

    String topic() {
        return about("topic");
    }

    String partition() {
        return about("partition");
    }

    String offset() {
        return about("offset");
    }

    String at() {
        return about("at");
    }

    /** Whether only the beginning of the value is here: it was too large to keep. */
    boolean isCut() {
        return record.headers().lastHeader(PREFIX + "truncated-sha256") != null;
    }

    byte[] value() {
        byte[] value = record.value();
        return value == null ? new byte[0] : value;
    }

    String key() {
        byte[] key = record.key();
        return key == null ? "" : printable(key);
    }

    /** The record as it was before it was refused, but for what was mended. */
    ProducerRecord<byte[], byte[]> again(String replayTopic, byte[] value, Map<String, String> mendedHeaders) {
        List<Header> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            if (!header.key().startsWith(PREFIX) && !mendedHeaders.containsKey(header.key())) {
                headers.add(header);
            }
        }
        mendedHeaders.forEach(
                (name, text) -> headers.add(new RecordHeader(name, text.getBytes(StandardCharsets.UTF_8))));
        boolean untouchedNull = record.value() == null && value.length == 0;
        return new ProducerRecord<>(replayTopic, null, record.key(), untouchedNull ? null : value, headers);
    }

    private String about(String name) {
        Header header = record.headers().lastHeader(PREFIX + name);
        return header == null || header.value() == null ? "" : printable(header.value());
    }

    /** Text that does nothing to a terminal: what an outsider sent is printed here. */
    private static String printable(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "\uFFFD");
        return text.length() <= 200 ? text : text.substring(0, 197) + "...";
    }
}
