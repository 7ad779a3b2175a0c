package dev.devmentor.gateway.proxy;

import dev.devmentor.gateway.balance.Instance;
import dev.devmentor.gateway.balance.Lease.Failure;
import dev.devmentor.gateway.wire.FieldNames;
import dev.devmentor.gateway.wire.Octets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.AsciiString;
import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.impl.HttpServerRequestInternal;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.tracing.TracingPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tries by HTTP/2, on connections of this event loop: by TLS, or with prior knowledge where there is none. */
final class Http2Links {
    private static final int CONNECTIONS_PER_INSTANCE = 2;
    /** What a stream may have on its way is bounded by its own window; a client that reads slowly must not hold up those of others. */
    private static final int CONNECTION_WINDOW = 1 << 30;

    private static final long CANCEL = 8; // RFC 9113 section 7

    private final ProxyLoop loop;
    private @Nullable HttpClient plain;
    private @Nullable HttpClient secure;

    Http2Links(ProxyLoop loop) {
        this.loop = loop;
    }

    boolean acquire(Forwarding forwarding, Instance instance) {
        ((ContextInternal) ((HttpServerRequestInternal) forwarding.exchange().request()).context())
                .dispatch(nothing -> request(forwarding, instance));
        return true;
    }

    private HttpClient client(boolean tls) {
        HttpClient client = tls ? secure : plain;
        if (client == null) {
            ProxyConfig config = loop.config;
            HttpClientOptions options = new HttpClientOptions()
                    .setProtocolVersion(HttpVersion.HTTP_2)
                    .setHttp2ClearTextUpgrade(false)
                    .setHttp2ClearTextUpgradeWithPreflightRequest(false)
                    .setUseAlpn(tls)
                    .setSsl(tls)
                    .setConnectTimeout((int) config.connectTimeout().toMillis())
                    .setHttp2KeepAliveTimeout((int) config.idleTimeout().toSeconds())
                    .setHttp2ConnectionWindowSize(CONNECTION_WINDOW)
                    .setInitialSettings(new Http2Settings()
                            .setMaxHeaderListSize(config.maxAnswerHeadBytes())
                            .setPushEnabled(false))
                    .setTracingPolicy(TracingPolicy.IGNORE)
                    .setDecompressionSupported(false);
            client = loop.vertx.createHttpClient(
                    options,
                    new PoolOptions()
                            .setHttp2MaxSize(CONNECTIONS_PER_INSTANCE)
                            .setMaxWaitQueueSize(Math.max(1, config.maxPendingPerInstance() / loop.share)));
            if (tls) {
                secure = client;
            } else {
                plain = client;
            }
        }
        return client;
    }

    private void request(Forwarding forwarding, Instance instance) {
        RequestOptions options = instance.request()
                .setMethod(HttpMethod.fromNetty(forwarding.method()))
                .setURI(forwarding.exchange().request().uri());
        client(instance.tls()).request(options).onComplete(made -> {
            if (made.failed()) {
                forwarding.failed(Failure.CONNECT);
                return;
            }
            HttpClientRequest request = made.result();
            if (!forwarding.isWaiting()) {
                request.reset(CANCEL);
                return;
            }
            new Stream(forwarding, request).begin();
        });
    }

    private static final class Stream implements Link {
        private final Forwarding forwarding;
        private final HttpClientRequest request;
        private @Nullable HttpClientResponse response;
        private boolean over;

        Stream(Forwarding forwarding, HttpClientRequest request) {
            this.forwarding = forwarding;
            this.request = request;
        }

        void begin() {
            forwarding.copyHeaders(request.headers());
            request.exceptionHandler(broken -> fail(Failure.CLOSED));
            request.drainHandler(drained -> forwarding.linkWritable());
            request.response().onComplete(this::answered);
            if (!forwarding.hasMoreBody()) {
                ByteBuf body = forwarding.keptBody();
                if (body == null) {
                    request.end();
                } else {
                    request.end(Buffer.buffer(body));
                }
            } else {
                if (forwarding.bodyLength() >= 0) {
                    request.putHeader("content-length", Long.toString(forwarding.bodyLength()));
                } else {
                    request.setChunked(true);
                }
                request.sendHead();
            }
            forwarding.linked(this);
        }

        private void answered(AsyncResult<HttpClientResponse> arrived) {
            if (over) {
                return;
            }
            if (arrived.failed()) {
                fail(Failure.CLOSED);
                return;
            }
            HttpClientResponse answer = arrived.result();
            Fields fields = new Fields(answer);
            if (!fields.isClean()) {
                request.reset(CANCEL);
                fail(Failure.NONSENSE);
                return;
            }
            response = answer;
            if (forwarding.method() == io.netty.handler.codec.http.HttpMethod.HEAD
                    || answer.statusCode() == 204
                    || answer.statusCode() == 304
                    || fields.contentLength() == 0) {
                over = true;
                forwarding.whole(fields, Unpooled.EMPTY_BUFFER);
                return;
            }
            answer.exceptionHandler(broken -> fail(Failure.NONSENSE));
            answer.handler(data -> {
                if (!over) {
                    forwarding.data(VertxBuffers.octets(data));
                }
            });
            answer.endHandler(end -> {
                if (!over) {
                    over = true;
                    forwarding.completed();
                }
            });
            forwarding.begun(fields, true);
        }

        private void fail(Failure how) {
            if (!over) {
                over = true;
                forwarding.failed(how);
            }
        }

        @Override
        public void send(ByteBuf data) {
            request.write(Buffer.buffer(data));
        }

        @Override
        public void endOfRequest() {
            request.end();
        }

        @Override
        public boolean isWritable() {
            return !request.writeQueueFull();
        }

        @Override
        public void pause() {
            if (response != null) {
                response.pause();
            }
        }

        @Override
        public void resume() {
            if (response != null) {
                response.resume();
            }
        }

        @Override
        public void abort() {
            over = true;
            request.reset(CANCEL);
        }

        @Override
        public boolean isUntouched() {
            return false;
        }
    }

    /** The fields of an answer by HTTP/2. */
    private static final class Fields implements AnswerHead {
        private final int status;
        private final List<AsciiString> names = new ArrayList<>();
        private final List<String> values = new ArrayList<>();
        private final long contentLength;
        private boolean clean = true;

        Fields(HttpClientResponse answer) {
            status = answer.statusCode();
            long length = -1;
            for (Map.Entry<String, String> field : answer.headers()) {
                if (field.getKey().startsWith(":")) {
                    continue;
                }
                if (!Octets.isToken(field.getKey()) || !Octets.isValue(field.getValue())) {
                    clean = false;
                    continue;
                }
                AsciiString name = FieldNames.of(field.getKey());
                if (name == FieldNames.CONTENT_LENGTH) {
                    try {
                        clean &= length < 0;
                        length = Long.parseLong(field.getValue());
                        clean &= length >= 0;
                    } catch (NumberFormatException e) {
                        clean = false;
                    }
                }
                names.add(name);
                values.add(field.getValue());
            }
            contentLength = length;
        }

        boolean isClean() {
            return clean && status >= 200 && status <= 599;
        }

        @Override
        public int status() {
            return status;
        }

        @Override
        public int count() {
            return names.size();
        }

        @Override
        public AsciiString name(int field) {
            return names.get(field);
        }

        @Override
        public CharSequence value(int field) {
            return values.get(field);
        }

        @Override
        public boolean connectionNames(AsciiString option) {
            return false;
        }

        @Override
        public boolean hasConnection() {
            return false;
        }

        @Override
        public long contentLength() {
            return contentLength;
        }
    }
}
