package dev.devmentor.kit.outbox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import org.jspecify.annotations.Nullable;

/**
 * The packed form of the messages of one transaction: {@code version (1 byte), raw length (4 bytes), LZ4 block}. Inside
 * the block every message is {@code topic, key, header count, (name, value)*, value}; strings and byte arrays are
 * preceded by their length as a 4-byte integer, −1 meaning null. All integers are big-endian.
 */
final class MessagePack {
    private static final byte VERSION = 1;
    private static final int PREAMBLE = 5;
    private static final int SMALL = 8 * 1024;
    private static final int LARGEST_KEPT = 8 * 1024 * 1024;
    private static final LZ4Compressor COMPRESSOR = LZ4Factory.fastestInstance().fastCompressor();
    /** The one of the two that still runs in C, and that checks the length of its input. */
    private static final LZ4SafeDecompressor DECOMPRESSOR =
            LZ4Factory.fastestInstance().safeDecompressor();

    /** Large buffers, used again: a batch of thousands would otherwise clear and drop megabytes. */
    private static final BlockingQueue<byte[]> BUFFERS = new ArrayBlockingQueue<>(8);

    private final Map<String, byte[]> names = new HashMap<>();
    private ByteBuffer buffer = ByteBuffer.allocate(SMALL);
    private int messages;

    void add(OutgoingMessage message) {
        put(utf8(message.topic()));
        put(message.key());
        room(4);
        buffer.putInt(message.headers().size());
        for (Map.Entry<String, byte[]> header : message.headers().entrySet()) {
            put(utf8(header.getKey()));
            put(header.getValue());
        }
        put(message.value());
        messages++;
    }

    int messages() {
        return messages;
    }

    /** The packed form; the pack is empty afterwards. */
    byte[] toBytes() {
        int rawLength = buffer.position();
        byte[] packed = buffer(PREAMBLE + COMPRESSOR.maxCompressedLength(rawLength));
        ByteBuffer preamble = ByteBuffer.wrap(packed);
        preamble.put(VERSION).putInt(rawLength);
        int length = COMPRESSOR.compress(buffer.array(), 0, rawLength, packed, PREAMBLE, packed.length - PREAMBLE);
        byte[] result = Arrays.copyOf(packed, PREAMBLE + length);
        keep(packed);
        keep(buffer.array());
        buffer = ByteBuffer.allocate(SMALL);
        messages = 0;
        return result;
    }

    static List<OutgoingMessage> unpack(byte[] packed) {
        ByteBuffer preamble = ByteBuffer.wrap(packed);
        byte version = preamble.get();
        if (version != VERSION) {
            throw new IllegalArgumentException("outbox row of unknown version " + version);
        }
        int rawLength = preamble.getInt();
        byte[] raw = buffer(rawLength);
        int unpacked = DECOMPRESSOR.decompress(packed, PREAMBLE, packed.length - PREAMBLE, raw, 0, rawLength);
        if (unpacked != rawLength) {
            throw new IllegalArgumentException("outbox row of " + unpacked + " bytes that says it has " + rawLength);
        }
        ByteBuffer in = ByteBuffer.wrap(raw, 0, rawLength);
        List<OutgoingMessage> messages = new ArrayList<>();
        Names topics = new Names();
        Names names = new Names();
        while (in.hasRemaining()) {
            String topic = topics.read(in, 0);
            byte[] key = bytes(in);
            int count = in.getInt();
            Map<String, byte[]> headers = LinkedHashMap.newLinkedHashMap(count);
            for (int i = 0; i < count; i++) {
                String name = names.read(in, i);
                byte[] value = bytes(in);
                headers.put(name, value == null ? new byte[0] : value);
            }
            messages.add(new OutgoingMessage(topic, key, headers, bytes(in)));
        }
        keep(raw);
        return messages;
    }

    private byte[] utf8(String name) {
        return names.computeIfAbsent(name, n -> n.getBytes(StandardCharsets.UTF_8));
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
            byte[] old = buffer.array();
            ByteBuffer larger = ByteBuffer.wrap(buffer(Math.max(buffer.capacity() * 4, buffer.position() + needed)));
            larger.put(buffer.flip());
            buffer = larger;
            keep(old);
        }
    }

    private static byte[] buffer(int atLeast) {
        if (atLeast > SMALL) {
            byte[] used = BUFFERS.poll();
            if (used != null && used.length >= atLeast) {
                return used;
            }
        }
        return new byte[atLeast];
    }

    private static void keep(byte[] used) {
        if (used.length > SMALL && used.length <= LARGEST_KEPT) {
            // Where there is no room for one more, it is dropped.
            var _ = BUFFERS.offer(used);
        }
    }

    /** Names repeat from message to message, mostly at the same place: then the string is the one from before. */
    private static final class Names {
        private static final int PLACES = 16;

        private final byte[] @Nullable [] bytes = new byte[PLACES][];
        private final @Nullable String[] strings = new String[PLACES];

        String read(ByteBuffer in, int place) {
            int length = in.getInt();
            if (length < 0) {
                throw new IllegalArgumentException("outbox row without a name where one must stand");
            }
            int at = in.position();
            in.position(at + length);
            int slot = place % PLACES;
            byte[] before = bytes[slot];
            String known = strings[slot];
            if (before != null
                    && known != null
                    && Arrays.equals(before, 0, before.length, in.array(), at, at + length)) {
                return known;
            }
            byte[] read = Arrays.copyOfRange(in.array(), at, at + length);
            String name = new String(read, StandardCharsets.UTF_8);
            bytes[slot] = read;
            strings[slot] = name;
            return name;
        }
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
