package dev.devmentor.gateway.graphql;

import org.eclipse.microprofile.graphql.GraphQLException;

/** A service did not give what a field needs. The field is null, and the request's errors say why. */
final class ReadFailed extends GraphQLException {
    private static final long serialVersionUID = 1L;

    private final String service;
    private final String problem;
    private final int status;

    /**
     * @param service that was asked
     * @param problem last part of the type's URI, which docs/problems.md lists
     * @param status that fits: the service's own, or what a proxy would have answered
     */
    ReadFailed(String service, String problem, int status, String message) {
        super(message);
        this.service = service;
        this.problem = problem;
        this.status = status;
    }

    String service() {
        return service;
    }

    String problem() {
        return problem;
    }

    int status() {
        return status;
    }
}
