package dev.devmentor.gateway.edge;

import dev.devmentor.gateway.wire.Chunks;
import dev.devmentor.gateway.wire.Head;
import dev.devmentor.gateway.wire.Malformed;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes requests of octets, in the place of the decoder that the HTTP server brings along: that one takes what others behind it may
 * read in another way. What is wrong with a head becomes a failed request in its turn, so that its answer comes after those of the
 * requests before it; what is wrong with a body ends the connection's reading, and whoever answers the request hears of it.
 */
final class StrictRequestDecoder extends ByteToMessageDecoder {
    private static final HttpMethod[] METHODS = {
        HttpMethod.GET,
        HttpMethod.POST,
        HttpMethod.PUT,
        HttpMethod.DELETE,
        HttpMethod.PATCH,
        HttpMethod.HEAD,
        HttpMethod.OPTIONS
    };
    private static final AsciiString[] METHOD_NAMES = new AsciiString[METHODS.length];

    static {
        for (int i = 0; i < METHODS.length; i++) {
            METHOD_NAMES[i] = METHODS[i].asciiName();
        }
    }

    private enum State {
        HEAD,
        LENGTH,
        CHUNKS,
        BROKEN
    }

    private final Head head;
    private final int maxTarget;
    private final long headTimeoutMillis;
    private final BrokenBody onBrokenBody;
    private final Chunks chunks = new Chunks();

    private State state = State.HEAD;
    private int seen;
    private long left;
    private boolean emptyLine;
    private @Nullable ScheduledFuture<?> timeout;

    /** Told when a body is no proper one; everything after it is thrown away. */
    @FunctionalInterface
    interface BrokenBody {
        void broken(Malformed how);
    }

    /**
     * @param head that all connections of this event loop read with
     * @param headTimeoutMillis from the first octet of a head to its last
     */
    StrictRequestDecoder(Head head, int maxTarget, long headTimeoutMillis, BrokenBody onBrokenBody) {
        this.head = head;
        this.maxTarget = maxTarget;
        this.headTimeoutMillis = headTimeoutMillis;
        this.onBrokenBody = onBrokenBody;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        try {
            switch (state) {
                case HEAD -> head(ctx, in, out);
                case LENGTH -> length(in, out);
                case CHUNKS -> chunk(in, out);
                case BROKEN -> in.skipBytes(in.readableBytes());
            }
        } catch (Malformed e) {
            cancelTimeout();
            in.skipBytes(in.readableBytes());
            if (state == State.HEAD) {
                out.add(failed(e));
                out.add(LastHttpContent.EMPTY_LAST_CONTENT);
            } else {
                onBrokenBody.broken(e);
            }
            state = State.BROKEN;
        }
    }

    private void head(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Malformed {
        int taken = head.take(in, seen);
        if (taken <= 0) {
            seen = -taken;
            if (timeout == null) {
                timeout = ctx.executor().schedule(() -> late(ctx), headTimeoutMillis, TimeUnit.MILLISECONDS);
            }
            return;
        }
        seen = 0;
        if (taken == 2 && !emptyLine) {
            // RFC 9112 section 2.2: one empty line before a request is read over.
            emptyLine = true;
            return;
        }
        emptyLine = false;
        if (timeout != null) {
            cancelTimeout();
        }
        head.request(maxTarget);
        out.add(request());
        if (head.isChunked()) {
            chunks.reset();
            state = State.CHUNKS;
        } else if (head.contentLength() > 0) {
            left = head.contentLength();
            state = State.LENGTH;
        } else {
            out.add(LastHttpContent.EMPTY_LAST_CONTENT);
        }
    }

    private HttpRequest request() throws Malformed {
        HttpMethod method = method();
        HeadersMultiMap headers = new HeadersMultiMap();
        int count = head.count();
        for (int i = 0; i < count; i++) {
            headers.add((CharSequence) head.name(i), (CharSequence) head.value(i));
        }
        String target = head.target();
        if (target.charAt(0) != '/') {
            target = originForm(target, headers);
        }
        return new DefaultHttpRequest(
                head.isHttp10() ? HttpVersion.HTTP_1_0 : HttpVersion.HTTP_1_1, method, target, (HttpHeaders) headers);
    }

    private HttpMethod method() throws Malformed {
        for (int i = 0; i < METHODS.length; i++) {
            if (head.isMethod(METHOD_NAMES[i])) {
                return METHODS[i];
            }
        }
        throw new Malformed(405, "this method is not served");
    }

    /** RFC 9112 section 3.2.2: the form that is meant for proxies is understood if it says the same as Host. */
    private static String originForm(String target, HeadersMultiMap headers) throws Malformed {
        String lower = target.toLowerCase(Locale.ROOT);
        int authority = lower.startsWith("http://") ? 7 : lower.startsWith("https://") ? 8 : 0;
        if (authority == 0) {
            throw new Malformed(400, "the URI does not begin with a slash");
        }
        int path = target.indexOf('/', authority);
        int stop = path < 0 ? target.length() : path;
        if (!lower.substring(authority, stop).equalsIgnoreCase(headers.get("host"))) {
            throw new Malformed(400, "the URI names another host than Host");
        }
        return path < 0 ? "/" : target.substring(path);
    }

    private void length(ByteBuf in, List<Object> out) {
        int length = (int) Math.min(left, in.readableBytes());
        if (length == 0) {
            return;
        }
        left -= length;
        out.add(new DefaultHttpContent(in.readRetainedSlice(length)));
        if (left == 0) {
            out.add(LastHttpContent.EMPTY_LAST_CONTENT);
            state = State.HEAD;
        }
    }

    private void chunk(ByteBuf in, List<Object> out) throws Malformed {
        ByteBuf data = chunks.next(in, head);
        if (data != null) {
            out.add(new DefaultHttpContent(data));
        } else if (chunks.isEnd()) {
            out.add(LastHttpContent.EMPTY_LAST_CONTENT);
            state = State.HEAD;
        }
    }

    private void late(ChannelHandlerContext ctx) {
        timeout = null;
        if (state == State.HEAD && ctx.channel().isActive()) {
            state = State.BROKEN;
            ctx.fireChannelRead(failed(new Malformed(408, "the head of the request did not come in time")));
            ctx.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
            ctx.fireChannelReadComplete();
        }
    }

    private void cancelTimeout() {
        if (timeout != null) {
            timeout.cancel(false);
            timeout = null;
        }
    }

    private static HttpRequest failed(Malformed how) {
        HeadersMultiMap headers = new HeadersMultiMap();
        headers.add("connection", "close");
        DefaultHttpRequest request =
                new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/", (HttpHeaders) headers);
        request.setDecoderResult(DecoderResult.failure(how));
        return request;
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
        cancelTimeout();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        cancelTimeout();
        super.channelInactive(ctx);
    }

    @Override
    protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (in.isReadable()) {
            decode(ctx, in, out);
        }
    }
}
