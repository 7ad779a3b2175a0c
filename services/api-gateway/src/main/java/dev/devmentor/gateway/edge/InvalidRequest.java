package dev.devmentor.gateway.edge;

import dev.devmentor.gateway.filter.AnswerHeaders;
import dev.devmentor.gateway.problem.GatewayProblem;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** A request that has not even a head that can be read. Its connection ends with the answer. */
record InvalidRequest(HttpServerRequest request) {
    void answer(GatewayProblem problem) {
        HttpServerResponse response = request.response();
        response.setStatusCode(problem.status());
        MultiMap headers = response.headers();
        headers.add("content-type", "application/problem+json");
        headers.add("cache-control", "no-store");
        problem.headers().forEach(headers::add);
        new AnswerHeaders().writeTo(headers, RequestIds.next(), request.isSSL());
        response.end(Buffer.buffer(problem.json()));
    }
}
