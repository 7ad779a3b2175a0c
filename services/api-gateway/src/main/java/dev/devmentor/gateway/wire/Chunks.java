package dev.devmentor.gateway.wire;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body in chunks (RFC 9112 section 7.1). Chunk extensions are read over, trailing fields are checked and dropped: none of
 * the platform's services has any.
 */
public final class Chunks {
    private static final int MAX_LINE = 256;
    private static final long MAX_CHUNK = 1L << 40;

    private enum State {
        SIZE,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILERS,
        END
    }

    private State state = State.SIZE;
    private long left;
    private int digits;
    private int line;
    private int trailersSeen;

    /** For the next body. */
    public void reset() {
        state = State.SIZE;
        left = 0;
        digits = 0;
        line = 0;
        trailersSeen = 0;
    }

    /** Whether the body has ended. */
    public boolean isEnd() {
        return state == State.END;
    }

    /**
     * Reads on.
     *
     * @param trailers what reads trailing fields
     * @return data, as a retained part of the buffer; null if more octets are needed, or if the end is there
     */
    public @Nullable ByteBuf next(ByteBuf in, Head trailers) throws Malformed {
        while (in.isReadable()) {
            switch (state) {
                case DATA -> {
                    int length = (int) Math.min(left, in.readableBytes());
                    left -= length;
                    if (left == 0) {
                        state = State.DATA_CR;
                    }
                    return in.readRetainedSlice(length);
                }
                case TRAILERS -> {
                    int taken = trailers.take(in, trailersSeen);
                    if (taken <= 0) {
                        trailersSeen = -taken;
                        return null;
                    }
                    trailers.trailers();
                    state = State.END;
                    return null;
                }
                case END -> {
                    return null;
                }
                default -> octet(in.readByte());
            }
        }
        return null;
    }

    private void octet(byte c) throws Malformed {
        switch (state) {
            case SIZE -> {
                int digit = Octets.hex(c);
                if (digit >= 0) {
                    left = left * 16 + digit;
                    if (++digits > 12 || left > MAX_CHUNK) {
                        throw Malformed.bad("a chunk is too large");
                    }
                } else if (digits == 0) {
                    throw Malformed.bad("the size of a chunk is no hexadecimal number");
                } else if (c == ';') {
                    state = State.EXTENSION;
                } else if (c == '\r') {
                    state = State.SIZE_LF;
                } else {
                    throw Malformed.bad("the size of a chunk is no hexadecimal number");
                }
            }
            case EXTENSION -> {
                if (c == '\r') {
                    state = State.SIZE_LF;
                } else if (!Octets.isValue(c) || ++line > MAX_LINE) {
                    throw Malformed.bad("the extension of a chunk is too long, or has a character that is not allowed");
                }
            }
            case SIZE_LF -> {
                expect(c, '\n');
                state = left == 0 ? State.TRAILERS : State.DATA;
                digits = 0;
                line = 0;
            }
            case DATA_CR -> {
                expect(c, '\r');
                state = State.DATA_LF;
            }
            case DATA_LF -> {
                expect(c, '\n');
                state = State.SIZE;
            }
            default -> throw new IllegalStateException();
        }
    }

    private static void expect(byte c, char expected) throws Malformed {
        if (c != expected) {
            throw Malformed.bad("a chunk does not end where its size says");
        }
    }
}
