package dev.devmentor.gateway.proxy;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.buffer.impl.VertxByteBufAllocator;

/** Between the buffers of the client's side, which nobody has to release, and those of the instances' side. */
@SuppressWarnings("deprecation") // no other way to the octets without copying
final class VertxBuffers {
    private VertxBuffers() {}

    /** A copy of what is readable. */
    static Buffer copy(ByteBuf octets) {
        int length = octets.readableBytes();
        ByteBuf copy = VertxByteBufAllocator.DEFAULT.heapBuffer(length, Math.max(length, 1));
        copy.writeBytes(octets, octets.readerIndex(), length);
        return Buffer.buffer(copy);
    }

    /** The same octets. */
    static ByteBuf octets(Buffer buffer) {
        return buffer.getByteBuf();
    }
}
