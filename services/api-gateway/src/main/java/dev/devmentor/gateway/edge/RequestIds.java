package dev.devmentor.gateway.edge;

import java.util.concurrent.ThreadLocalRandom;

/** Ids of requests and traces: 32 digits of hexadecimal. They are no secrets. */
final class RequestIds {
    private static final byte[] DIGITS = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    private RequestIds() {}

    static String next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        byte[] text = new byte[32];
        write(text, 0, random.nextLong() | 1);
        write(text, 16, random.nextLong());
        return text(text);
    }

    /** A {@code traceparent} (W3C Trace Context, level 1) for a new trace. */
    static String traceparent(String traceId, boolean sampled) {
        byte[] text = new byte[55];
        text[0] = '0';
        text[1] = '0';
        text[2] = '-';
        for (int i = 0; i < 32; i++) {
            text[3 + i] = (byte) traceId.charAt(i);
        }
        text[35] = '-';
        write(text, 36, ThreadLocalRandom.current().nextLong() | 1);
        text[52] = '-';
        text[53] = '0';
        text[54] = (byte) (sampled ? '1' : '0');
        return text(text);
    }

    @SuppressWarnings("deprecation") // the quick way for ASCII
    private static String text(byte[] ascii) {
        return new String(ascii, 0);
    }

    private static void write(byte[] text, int at, long value) {
        long rest = value;
        for (int i = at + 15; i >= at; i--) {
            text[i] = DIGITS[(int) rest & 15];
            rest >>>= 4;
        }
    }
}
