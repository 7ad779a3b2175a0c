package dev.devmentor.kit.outbox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4FastDecompressor;
import org.jspecify.annotations.Nullable;

/**
 * The packed form of the messages of one transaction: {@code version (1 byte), raw length (4 bytes), LZ4 block}. Inside
 * the block every message is {@code topic, key, header count, (name, value)*, value}; strings and byte arrays are
 * preceded by their length as a 4-byte integer, −1 meaning null. All integers are big-endian.
 */
final class MessagePack {
    private static final byte VERSION = 1;
    private static final int PREAMBLE = 5;
    private static final LZ4Compressor COMPRESSOR = LZ4Factory.fastestInstance().fastCompressor();
    private static final LZ4FastDecompressor DECOMPRESSOR =
            LZ4Factory.fastestInstance().fastDecompressor();

    private ByteBuffer buffer = ByteBuffer.allocate(8 * 1024);
    private int messages;

    void add(OutgoingMessage message) {
        put(message.topic().getBytes(StandardCharsets.UTF_8));
        put(message.key());
        room(4);
        buffer.putInt(message.headers().size());
        for (Map.Entry<String, byte[]> header : message.headers().entrySet()) {
            put(header.getKey().getBytes(StandardCharsets.UTF_8));
            put(header.getValue());
        }
        put(message.value());
        messages++;
    }

    int messages() {
        return messages;
    }

    byte[] toBytes() {
        int rawLength = buffer.position();
        byte[] packed = new byte[PREAMBLE + COMPRESSOR.maxCompressedLength(rawLength)];
        ByteBuffer preamble = ByteBuffer.wrap(packed);
        preamble.put(VERSION).putInt(rawLength);
        int length = COMPRESSOR.compress(buffer.array(), 0, rawLength, packed, PREAMBLE, packed.length - PREAMBLE);
        return java.util.Arrays.copyOf(packed, PREAMBLE + length);
    }

    static List<OutgoingMessage> unpack(byte[] packed) {
        ByteBuffer preamble = ByteBuffer.wrap(packed);
        byte version = preamble.get();
        if (version != VERSION) {
            throw new IllegalArgumentException("outbox row of unknown version " + version);
        }
        byte[] raw = new byte[preamble.getInt()];
        DECOMPRESSOR.decompress(packed, PREAMBLE, raw, 0, raw.length);
        ByteBuffer in = ByteBuffer.wrap(raw);
        List<OutgoingMessage> messages = new ArrayList<>();
        while (in.hasRemaining()) {
            String topic = text(in);
            byte[] key = bytes(in);
            int count = in.getInt();
            Map<String, byte[]> headers = LinkedHashMap.newLinkedHashMap(count);
            for (int i = 0; i < count; i++) {
                String name = text(in);
                byte[] value = bytes(in);
                headers.put(name, value == null ? new byte[0] : value);
            }
            messages.add(new OutgoingMessage(topic, key, headers, bytes(in)));
        }
        return messages;
    }

    private void put(byte @Nullable [] value) {
        if (value == null) {
            room(4);
            buffer.putInt(-1);
            return;
        }
        room(4 + value.length);
        buffer.putInt(value.length).put(value);
    }

    private void room(int needed) {
        if (buffer.remaining() < needed) {
            ByteBuffer larger = ByteBuffer.allocate(Math.max(buffer.capacity() * 2, buffer.position() + needed));
            larger.put(buffer.flip());
            buffer = larger;
        }
    }

    private static String text(ByteBuffer in) {
        byte[] value = bytes(in);
        if (value == null) {
            throw new IllegalArgumentException("outbox row without a name where one must stand");
        }
        return new String(value, StandardCharsets.UTF_8);
    }

    private static byte @Nullable [] bytes(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0) {
            return null;
        }
        byte[] value = new byte[length];
        in.get(value);
        return value;
    }
}
