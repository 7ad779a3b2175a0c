package dev.devmentor.gateway.proxy;

import dev.devmentor.gateway.balance.Lease.Failure;
import dev.devmentor.gateway.wire.Chunks;
import dev.devmentor.gateway.wire.FieldNames;
import dev.devmentor.gateway.wire.Head;
import dev.devmentor.gateway.wire.Malformed;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A connection to an instance, by HTTP/1.1, with at most one request on it. It is used again only if the answer was complete and
 * clean, the request had been sent as a whole, and nothing came that nobody had asked for.
 */
final class Http1Connection extends ChannelInboundHandlerAdapter implements Link, AnswerHead {
    private static final int MAX_INTERIM_ANSWERS = 8;
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private enum State {
        HEAD,
        LENGTH,
        CHUNKS,
        UNTIL_CLOSE,
        TUNNEL
    }

    private final Http1Pool pool;
    private final Channel channel;
    private final Head head;
    private final Chunks chunks = new Chunks();

    private @Nullable Forwarding current;
    private @Nullable ByteBuf rest;
    private State state = State.HEAD;
    private int seen;
    private long left;
    private int interim;
    private boolean keepAlive;
    private boolean requestSent;
    private boolean chunkedRequest;
    private boolean used;
    private boolean reused;
    private boolean touched;
    private boolean reset;

    long idleSinceNanos;

    Http1Connection(Http1Pool pool, Channel channel) {
        this.pool = pool;
        this.channel = channel;
        head = pool.loop.head;
    }

    /** Sends a request. */
    void begin(Forwarding forwarding) {
        current = forwarding;
        reused = used;
        used = true;
        touched = false;
        state = State.HEAD;
        seen = 0;
        interim = 0;
        ByteBuf out = channel.alloc().ioBuffer(2048);
        ByteBuf body = forwarding.writeHead(out, pool.hostLine);
        chunkedRequest = forwarding.isChunkedRequest();
        requestSent = !forwarding.hasMoreBody();
        if (body != null && body.readableBytes() <= 4096) {
            out.writeBytes(body, body.readerIndex(), body.readableBytes());
            body = null;
        }
        if (body == null) {
            channel.writeAndFlush(out, channel.voidPromise());
        } else {
            channel.write(out, channel.voidPromise());
            channel.writeAndFlush(body.retainedDuplicate(), channel.voidPromise());
        }
        forwarding.linked(this);
    }

    @Override
    public void send(ByteBuf data) {
        if (state == State.TUNNEL || !chunkedRequest) {
            channel.writeAndFlush(data, channel.voidPromise());
            return;
        }
        ByteBuf size = channel.alloc().ioBuffer(16);
        size.writeCharSequence(Integer.toHexString(data.readableBytes()), StandardCharsets.US_ASCII);
        size.writeShort('\r' << 8 | '\n');
        channel.write(size, channel.voidPromise());
        channel.write(data, channel.voidPromise());
        channel.writeAndFlush(Unpooled.wrappedBuffer(LAST_CHUNK, 1, 2), channel.voidPromise());
    }

    @Override
    public void endOfRequest() {
        requestSent = true;
        if (chunkedRequest) {
            channel.writeAndFlush(Unpooled.wrappedBuffer(LAST_CHUNK), channel.voidPromise());
        }
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable();
    }

    @Override
    public void pause() {
        channel.config().setAutoRead(false);
    }

    @Override
    public void resume() {
        channel.config().setAutoRead(true);
    }

    @Override
    public void abort() {
        current = null;
        close();
    }

    @Override
    public boolean isUntouched() {
        return reused && !touched;
    }

    void close() {
        channel.close();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf in = (ByteBuf) message;
        if (current == null) {
            // Nobody has asked for anything: nobody gets this.
            pool.loop.metrics.unasked();
            in.release();
            close();
            return;
        }
        touched = true;
        if (rest != null) {
            rest.writeBytes(in);
            in.release();
            in = rest;
            rest = null;
        }
        try {
            read(in);
            if (in.isReadable() && current != null) {
                rest = in.refCnt() == 1 && in.isWritable() && in.readerIndex() == 0
                        ? in.retain()
                        : ctx.alloc()
                                .heapBuffer(Math.max(1024, in.readableBytes() * 2))
                                .writeBytes(in);
            }
        } catch (Malformed e) {
            Forwarding forwarding = current;
            current = null;
            close();
            if (forwarding != null) {
                pool.loop.metrics.nonsense();
                forwarding.failed(Failure.NONSENSE);
            }
        } finally {
            in.release();
        }
    }

    private void read(ByteBuf in) throws Malformed {
        while (true) {
            Forwarding forwarding = current;
            if (forwarding == null) {
                return;
            }
            switch (state) {
                case HEAD -> {
                    int taken = head.take(in, seen);
                    if (taken <= 0) {
                        seen = -taken;
                        return;
                    }
                    seen = 0;
                    head.answer();
                    if (!headRead(forwarding, in)) {
                        return;
                    }
                }
                case LENGTH -> {
                    if (!in.isReadable()) {
                        return;
                    }
                    int length = (int) Math.min(left, in.readableBytes());
                    left -= length;
                    forwarding.data(in.readSlice(length));
                    if (left == 0) {
                        complete(forwarding, in);
                        return;
                    }
                }
                case CHUNKS -> {
                    ByteBuf data = chunks.next(in, head);
                    if (data != null) {
                        try {
                            forwarding.data(data);
                        } finally {
                            data.release();
                        }
                    } else if (chunks.isEnd()) {
                        complete(forwarding, in);
                        return;
                    } else {
                        return;
                    }
                }
                case UNTIL_CLOSE, TUNNEL -> {
                    if (in.isReadable()) {
                        forwarding.data(in.readSlice(in.readableBytes()));
                    }
                    return;
                }
            }
        }
    }

    /** RFC 9112 section 6.3. @return whether there may be more to read */
    private boolean headRead(Forwarding forwarding, ByteBuf in) throws Malformed {
        int status = head.status();
        if (status < 200) {
            if (status == 101 && forwarding.isUpgrade()) {
                state = State.TUNNEL;
                forwarding.switched(this);
                return in.isReadable();
            }
            if (status == 101 || ++interim > MAX_INTERIM_ANSWERS) {
                throw new Malformed(502, "an interim answer that nobody expects");
            }
            return true;
        }
        keepAlive = !head.isHttp10() && !head.connectionNames("close");
        if (forwarding.method() == HttpMethod.HEAD || status == 204 || status == 304) {
            whole(forwarding, Unpooled.EMPTY_BUFFER, in);
            return false;
        }
        if (head.isChunked()) {
            chunks.reset();
            state = State.CHUNKS;
            forwarding.begun(this, !in.isReadable());
            return true;
        }
        long length = head.contentLength();
        if (length == Head.NONE) {
            keepAlive = false;
            state = State.UNTIL_CLOSE;
            forwarding.begun(this, !in.isReadable());
            return true;
        }
        if (length <= in.readableBytes()) {
            whole(forwarding, in.readSlice((int) length), in);
            return false;
        }
        left = length;
        state = State.LENGTH;
        forwarding.begun(this, !in.isReadable());
        return true;
    }

    private void whole(Forwarding forwarding, ByteBuf body, ByteBuf in) {
        current = null;
        boolean clean = keepAlive && requestSent && !in.isReadable();
        if (in.isReadable()) {
            pool.loop.metrics.unasked();
        }
        forwarding.whole(this, body);
        end(clean);
    }

    private void complete(Forwarding forwarding, ByteBuf in) {
        current = null;
        boolean clean = keepAlive && requestSent && !in.isReadable();
        if (in.isReadable()) {
            pool.loop.metrics.unasked();
        }
        forwarding.completed();
        end(clean);
    }

    private void end(boolean clean) {
        if (clean && channel.isActive()) {
            if (!channel.config().isAutoRead()) {
                channel.config().setAutoRead(true);
            }
            pool.use(this);
        } else {
            close();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (current != null && channel.isWritable()) {
            current.linkWritable();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        reset = true;
        close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        Forwarding forwarding = current;
        current = null;
        if (rest != null) {
            rest.release();
            rest = null;
        }
        pool.closed(this);
        if (forwarding == null) {
            return;
        }
        switch (state) {
            case UNTIL_CLOSE -> {
                if (reset) {
                    forwarding.failed(Failure.NONSENSE);
                } else {
                    forwarding.completed();
                }
            }
            case HEAD -> forwarding.failed(seen > 0 ? Failure.NONSENSE : Failure.CLOSED);
            case TUNNEL -> forwarding.completed();
            default -> forwarding.failed(Failure.NONSENSE);
        }
    }

    // The head of the answer that is being read.

    @Override
    public int status() {
        return head.status();
    }

    @Override
    public int count() {
        return head.count();
    }

    @Override
    public AsciiString name(int field) {
        return head.name(field);
    }

    @Override
    public CharSequence value(int field) {
        return head.value(field);
    }

    @Override
    public boolean hasConnection() {
        return head.hasConnection();
    }

    @Override
    public boolean connectionNames(AsciiString option) {
        return head.hasConnection() && option != FieldNames.CONTENT_LENGTH && head.connectionNames(option.toString());
    }

    @Override
    public long contentLength() {
        return head.contentLength();
    }
}
