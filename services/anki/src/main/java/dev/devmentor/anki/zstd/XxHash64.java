package dev.devmentor.anki.zstd;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** XXH64 with seed 0, as frames carry it. Source: Collet, "xxHash fast digest algorithm", version 0.1.1. */
final class XxHash64 {
    private static final long P1 = 0x9E3779B185EBCA87L;
    private static final long P2 = 0xC2B2AE3D27D4EB4FL;
    private static final long P3 = 0x165667B19E3779F9L;
    private static final long P4 = 0x85EBCA77C2B2AE63L;
    private static final long P5 = 0x27D4EB2F165667C5L;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] rest = new byte[32];
    private int held;
    private long total;
    private long v1;
    private long v2;
    private long v3;
    private long v4;

    XxHash64() {
        reset();
    }

    @SuppressWarnings("ConstantOverflow") // arithmetic modulo 2^64 is what the hash is made of
    void reset() {
        held = 0;
        total = 0;
        v2 = P2;
        v1 = v2 + P1;
        v3 = 0;
        v4 = -P1;
    }

    void update(byte[] bytes, int from, int count) {
        total += count;
        int at = from;
        int end = from + count;
        if (held > 0) {
            int n = Math.min(32 - held, count);
            System.arraycopy(bytes, at, rest, held, n);
            held += n;
            at += n;
            if (held < 32) {
                return;
            }
            stripe(rest, 0);
            held = 0;
        }
        for (; end - at >= 32; at += 32) {
            stripe(bytes, at);
        }
        System.arraycopy(bytes, at, rest, 0, end - at);
        held = end - at;
    }

    private void stripe(byte[] bytes, int at) {
        v1 = round(v1, (long) LONG.get(bytes, at));
        v2 = round(v2, (long) LONG.get(bytes, at + 8));
        v3 = round(v3, (long) LONG.get(bytes, at + 16));
        v4 = round(v4, (long) LONG.get(bytes, at + 24));
    }

    long value() {
        long hash;
        if (total >= 32) {
            hash = Long.rotateLeft(v1, 1) + Long.rotateLeft(v2, 7) + Long.rotateLeft(v3, 12) + Long.rotateLeft(v4, 18);
            hash = merge(hash, v1);
            hash = merge(hash, v2);
            hash = merge(hash, v3);
            hash = merge(hash, v4);
        } else {
            hash = P5;
        }
        hash += total;
        int at = 0;
        for (; held - at >= 8; at += 8) {
            hash = Long.rotateLeft(hash ^ round(0, (long) LONG.get(rest, at)), 27) * P1 + P4;
        }
        if (held - at >= 4) {
            hash = Long.rotateLeft(hash ^ ((int) INT.get(rest, at) & 0xFFFFFFFFL) * P1, 23) * P2 + P3;
            at += 4;
        }
        for (; at < held; at++) {
            hash = Long.rotateLeft(hash ^ (rest[at] & 0xff) * P5, 11) * P1;
        }
        hash = (hash ^ hash >>> 33) * P2;
        hash = (hash ^ hash >>> 29) * P3;
        return hash ^ hash >>> 32;
    }

    private static long round(long accumulator, long lane) {
        return Long.rotateLeft(accumulator + lane * P2, 31) * P1;
    }

    private static long merge(long hash, long accumulator) {
        return (hash ^ round(0, accumulator)) * P1 + P4;
    }
}
