package dev.devmentor.gateway.status;

import dev.devmentor.gateway.balance.Instance;
import dev.devmentor.gateway.status.BackendFailed.Kind;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Asks services for what the gateway answers itself. Never blocks; every call is bounded in time and in size. It follows no
 * redirect, and passes on only the headers that it is given.
 */
@ApplicationScoped
public class BackendClient {
    private static final int CONNECT_MS = 1_000;
    private static final int CONNECTIONS_PER_INSTANCE = 64;
    private static final int MOST_WAITING = 1_024;
    private static final int IDLE_SECONDS = 30;

    private final Vertx vertx;
    private final Backends backends;
    private final HttpClient http1;
    private final HttpClient http2;
    private final HttpClient http2Secure;
    private final Map<String, AtomicInteger> turns = new ConcurrentHashMap<>();

    BackendClient(Vertx vertx, Backends backends) {
        this.vertx = vertx;
        this.backends = backends;
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout(CONNECT_MS)
                .setKeepAliveTimeout(IDLE_SECONDS)
                .setHttp2KeepAliveTimeout(IDLE_SECONDS)
                .setMaxWaitQueueSize(MOST_WAITING)
                .setDecompressionSupported(false);
        this.http1 = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_INSTANCE));
        HttpClientOptions two = new HttpClientOptions(options)
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false);
        this.http2 = vertx.createHttpClient(two);
        this.http2Secure = vertx.createHttpClient(new HttpClientOptions(two).setUseAlpn(true));
    }

    @PreDestroy
    void close() {
        http1.close();
        http2.close();
        http2Secure.close();
    }

    /**
     * What to ask.
     *
     * @param target path and query, encoded
     * @param headers that go with it
     * @param body null for none
     * @param timeout from now to the end of the answer
     * @param maxBytes largest body of an answer
     */
    public record Call(
            HttpMethod method,
            String target,
            Map<String, String> headers,
            byte @Nullable [] body,
            Duration timeout,
            int maxBytes) {
        /** A GET without headers. */
        public static Call get(String target, Duration timeout, int maxBytes) {
            return new Call(HttpMethod.GET, target, Map.of(), null, timeout, maxBytes);
        }
    }

    /** What was answered, whatever the status. */
    public record Answer(int status, byte[] body) {}

    /**
     * Asks one of a service's instances, in turn; another one if the first cannot be reached.
     *
     * @return fails with {@link BackendFailed} only
     */
    public Uni<Answer> ask(String service, Call call) {
        return Uni.createFrom().deferred(() -> {
            List<Instance> instances = backends.instances(service);
            if (instances.isEmpty()) {
                return Uni.createFrom().failure(new BackendFailed(Kind.NO_INSTANCE));
            }
            int turn = turns.computeIfAbsent(service, _ -> new AtomicInteger()).getAndIncrement();
            Uni<Answer> answer = ask(instances.get(Math.floorMod(turn, instances.size())), call);
            if (instances.size() == 1) {
                return answer;
            }
            Instance other = instances.get(Math.floorMod(turn + 1, instances.size()));
            return answer.onFailure(e -> e instanceof BackendFailed failed && failed.kind() == Kind.UNREACHABLE)
                    .recoverWithUni(() -> ask(other, call));
        });
    }

    /**
     * Asks one instance.
     *
     * @return fails with {@link BackendFailed} only
     */
    public Uni<Answer> ask(Instance instance, Call call) {
        return Uni.createFrom().completionStage(() -> send(instance, call).toCompletionStage());
    }

    /** The same for what is no service: at this scheme, host and port. */
    public Uni<Answer> ask(URI place, Call call) {
        boolean tls = "https".equals(place.getScheme());
        int port = place.getPort() > 0 ? place.getPort() : tls ? 443 : 80;
        String host = place.getHost();
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return ask(new Instance(bare, port, tls, false), call);
    }

    private Future<Answer> send(Instance instance, Call call) {
        Promise<Answer> promise = Promise.promise();
        AtomicReference<@Nullable HttpClientRequest> open = new AtomicReference<>();
        long timer = vertx.setTimer(Math.max(1, call.timeout().toMillis()), _ -> {
            if (promise.tryFail(new BackendFailed(Kind.TIMEOUT))) {
                reset(open.get());
            }
        });
        RequestOptions options = instance.request().setMethod(call.method()).setURI(call.target());
        HttpClient client = !instance.http2() ? http1 : instance.tls() ? http2Secure : http2;
        client.request(options)
                .compose(request -> {
                    open.set(request);
                    if (promise.future().isComplete()) {
                        reset(request);
                        return Future.failedFuture(new BackendFailed(Kind.TIMEOUT));
                    }
                    call.headers().forEach(request::putHeader);
                    byte[] body = call.body();
                    return body == null ? request.send() : request.send(Buffer.buffer(body));
                })
                .onSuccess(response -> collect(response, call.maxBytes(), promise))
                .onFailure(failure -> promise.tryFail(new BackendFailed(kind(failure))));
        return promise.future().onComplete(_ -> vertx.cancelTimer(timer));
    }

    private static void collect(HttpClientResponse response, int maxBytes, Promise<Answer> promise) {
        Buffer body = Buffer.buffer();
        response.exceptionHandler(_ -> promise.tryFail(new BackendFailed(Kind.BROKEN)));
        response.endHandler(_ -> promise.tryComplete(new Answer(response.statusCode(), body.getBytes())));
        response.handler(chunk -> {
            if (body.length() + chunk.length() > maxBytes) {
                if (promise.tryFail(new BackendFailed(Kind.TOO_LARGE))) {
                    reset(response.request());
                }
            } else {
                body.appendBuffer(chunk);
            }
        });
    }

    private static void reset(@Nullable HttpClientRequest request) {
        if (request != null) {
            request.reset();
        }
    }

    private static Kind kind(Throwable failure) {
        if (failure instanceof BackendFailed known) {
            return known.kind();
        }
        boolean unreachable = failure instanceof ConnectException
                || failure instanceof NoRouteToHostException
                || failure instanceof UnknownHostException;
        return unreachable ? Kind.UNREACHABLE : Kind.BROKEN;
    }
}
