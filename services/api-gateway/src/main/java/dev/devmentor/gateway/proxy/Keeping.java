package dev.devmentor.gateway.proxy;

import dev.devmentor.gateway.filter.AnswerHeaders;
import dev.devmentor.gateway.wire.FieldNames;
import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An answer on its way to being kept. It is kept once it is complete; nothing is if it grows too long. */
final class Keeping {
    private final AnswerCache cache;
    private final AnswerCache.Key key;
    private final List<AsciiString> names = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    private final long atNanos = System.nanoTime();
    private final long untilNanos;
    private @Nullable Buffer body = Buffer.buffer();

    private Keeping(AnswerCache cache, AnswerCache.Key key, long seconds) {
        this.cache = cache;
        this.key = key;
        untilNanos = atNanos + TimeUnit.SECONDS.toNanos(seconds);
    }

    /**
     * Begins with the head of the answer.
     *
     * @param key null for a request whose answer must not be kept
     * @return null if this answer must not be kept
     */
    static @Nullable Keeping of(
            AnswerCache cache, AnswerCache.@Nullable Key key, long seconds, AnswerHead head, AnswerHeaders own) {
        if (key == null || !AnswerCache.mayBeKept(head)) {
            return null;
        }
        Keeping keeping = new Keeping(cache, key, seconds);
        for (int i = 0; i < head.count(); i++) {
            AsciiString name = head.name(i);
            if (AnswerFields.pass(head, name, own) && name != FieldNames.CONTENT_LENGTH) {
                keeping.names.add(name);
                keeping.values.add(head.value(i).toString());
            }
        }
        return keeping;
    }

    /** More of the body. */
    void add(ByteBuf data) {
        Buffer before = body;
        if (before == null) {
            return;
        }
        if (before.length() + data.readableBytes() > cache.maxEntryBytes()) {
            body = null;
        } else {
            before.appendBuffer(VertxBuffers.copy(data));
        }
    }

    void complete() {
        Buffer whole = body;
        if (whole != null) {
            cache.keep(key, new AnswerCache.Kept(200, names, values, whole.getBytes(), atNanos, untilNanos));
        }
    }
}
