package dev.devmentor.gateway.problem;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** What the framework's router refuses before anything of ours has seen it: without this it answers with pages of its own. */
@ApplicationScoped
class RouterProblems {
    private static final List<Integer> STATUSES = List.of(400, 404, 405, 406, 413, 415);

    void register(@Observes Router router) {
        STATUSES.forEach(status -> router.errorHandler(status, context -> answer(context, status)));
    }

    private static void answer(RoutingContext context, int status) {
        if (context.response().ended() || context.response().headWritten()) {
            return;
        }
        GatewayProblem problem = GatewayProblem.ofStatus(status);
        context.response()
                .setStatusCode(problem.status())
                .putHeader("Content-Type", "application/problem+json")
                .putHeader("Cache-Control", "no-store")
                .end(problem.json());
    }
}
