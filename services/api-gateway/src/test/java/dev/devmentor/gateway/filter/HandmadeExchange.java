package dev.devmentor.gateway.filter;

import dev.devmentor.gateway.problem.GatewayProblem;
import dev.devmentor.gateway.route.Route;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** An exchange without a connection: headers go in, and what a filter did can be asked. */
public final class HandmadeExchange implements Exchange {
    private final MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    private final Map<String, String> answerHeaders = new LinkedHashMap<>();
    private final List<Runnable> whenEnded = new ArrayList<>();
    private final CompletableFuture<Boolean> passed = new CompletableFuture<>();
    private final HttpServerResponse response =
            handmade(HttpServerResponse.class, Map.of("getStatusCode", this::status));
    private final HttpServerRequest request = handmade(
            HttpServerRequest.class,
            Map.of("headers", () -> headers, "response", () -> response, "method", this::method));
    private final long began = System.nanoTime();
    private HttpMethod method = HttpMethod.GET;
    private String path = "/api/things";
    private Route route;
    private Caller caller = Caller.NOBODY;
    private String address = "192.0.2.1";
    private volatile @Nullable String authorization;
    private volatile @Nullable GatewayProblem problem;
    private int status = 200;
    private volatile boolean ended;
    private volatile long decidedNanos;

    public HandmadeExchange(Route route) {
        this.route = route;
    }

    /** A route below /api. */
    public static Route route(Route.Access access, @Nullable String role, Route.Limits limits) {
        return new Route("things", "/api/things", "things", access, role, limits, Duration.ofSeconds(30), 1 << 20, 0);
    }

    public HandmadeExchange header(String name, String value) {
        headers.add(name, value);
        return this;
    }

    public HandmadeExchange request(String name, String of) {
        method = HttpMethod.valueOf(name);
        path = of;
        return this;
    }

    private Object method() {
        return method;
    }

    public HandmadeExchange from(String clientAddress) {
        address = clientAddress;
        return this;
    }

    public HandmadeExchange as(Caller known) {
        caller = known;
        return this;
    }

    /** Waits for the filter; whether the request passed it. */
    public boolean passed() {
        try {
            return passed.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("the filter decided nothing", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    public boolean isDecided() {
        return passed.isDone();
    }

    public @Nullable GatewayProblem problem() {
        return passed() ? null : problem;
    }

    public Map<String, String> answerHeaders() {
        passed();
        return answerHeaders;
    }

    public long tookNanos() {
        passed();
        return decidedNanos - began;
    }

    /** The answer is complete. */
    public void end(int withStatus) {
        status = withStatus;
        ended = true;
        whenEnded.forEach(Runnable::run);
    }

    private Object status() {
        return status;
    }

    private void decide(boolean pass) {
        decidedNanos = System.nanoTime();
        if (!passed.complete(pass)) {
            throw new AssertionError("a filter decides once");
        }
    }

    @Override
    public HttpServerRequest request() {
        return request;
    }

    private interface Answer {
        Object get();
    }

    private static <T> T handmade(Class<T> type, Map<String, Answer> answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            Answer answer = answers.get(method.getName());
            if (answer != null && method.getParameterCount() == 0) {
                return answer.get();
            }
            throw new InvocationTargetException(null, method + " is not made");
        }));
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public Route route() {
        return route;
    }

    @Override
    public void route(Route other) {
        route = other;
    }

    @Override
    public Caller caller() {
        return caller;
    }

    @Override
    public void caller(Caller known) {
        caller = known;
    }

    @Override
    public void authorization(@Nullable String value) {
        authorization = value;
    }

    @Override
    public @Nullable String authorization() {
        return authorization;
    }

    @Override
    public String clientAddress() {
        return address;
    }

    @Override
    public void clientAddress(String other) {
        address = other;
    }

    @Override
    public String requestId() {
        return "request-1";
    }

    @Override
    public void requestId(String id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String traceparent() {
        return "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";
    }

    @Override
    public void traceparent(String value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void answerHeader(String name, String value) {
        answerHeaders.put(name, value);
    }

    @Override
    public void proceed() {
        decide(true);
    }

    @Override
    public void refuse(GatewayProblem refusal) {
        problem = refusal;
        decide(false);
    }

    @Override
    public void answer(int withStatus) {
        status = withStatus;
        decide(false);
    }

    @Override
    public void onEventLoop(Runnable action) {
        action.run();
    }

    @Override
    public boolean isEnded() {
        return ended;
    }

    @Override
    public void whenEnded(Runnable action) {
        whenEnded.add(action);
    }

    @Override
    public long beganNanos() {
        return began;
    }
}
