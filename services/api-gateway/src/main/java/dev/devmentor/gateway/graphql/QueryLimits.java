package dev.devmentor.gateway.graphql;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.execution.AbortExecutionException;
import graphql.execution.ExecutionContext;
import graphql.execution.instrumentation.DocumentAndVariables;
import graphql.execution.instrumentation.InstrumentationContext;
import graphql.execution.instrumentation.InstrumentationState;
import graphql.execution.instrumentation.SimplePerformantInstrumentation;
import graphql.execution.instrumentation.parameters.InstrumentationExecuteOperationParameters;
import graphql.execution.instrumentation.parameters.InstrumentationExecutionParameters;
import graphql.execution.preparsed.NoOpPreparsedDocumentProvider;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Refuses queries that are too much, before anything is read for them. */
@ApplicationScoped
class QueryLimits {
    private final GraphqlConfig config;

    QueryLimits(GraphqlConfig config) {
        this.config = config;
    }

    /**
     * Takes the place of SmallRye's own instrumentation, which is only a cache of parsed queries: with it a query that was
     * seen would not be looked at again.
     */
    void install(@Observes GraphQL.Builder builder) {
        builder.instrumentation(new Guard(config)).preparsedDocumentProvider(NoOpPreparsedDocumentProvider.INSTANCE);
    }

    /** No proxy of a bean: graphql-java keeps it. */
    private static final class Guard extends SimplePerformantInstrumentation {
        private final GraphqlConfig config;

        private Guard(GraphqlConfig config) {
            this.config = config;
        }

        @Override
        public ExecutionInput instrumentExecutionInput(
                ExecutionInput input,
                InstrumentationExecutionParameters parameters,
                @Nullable InstrumentationState state) {
            if (input.getQuery().length() > config.maxLength()) {
                throw refused("a query has at most " + config.maxLength() + " characters");
            }
            return input;
        }

        @Override
        public DocumentAndVariables instrumentDocumentAndVariables(
                DocumentAndVariables document,
                InstrumentationExecutionParameters parameters,
                @Nullable InstrumentationState state) {
            String problem = Shape.of(document.getDocument()).problem(config);
            if (problem != null) {
                throw refused(problem);
            }
            return document;
        }

        @Override
        public @Nullable InstrumentationContext<ExecutionResult> beginExecuteOperation(
                InstrumentationExecuteOperationParameters parameters, @Nullable InstrumentationState state) {
            ExecutionContext context = parameters.getExecutionContext();
            long cost = new Cost(
                            context.getGraphQLSchema(),
                            context.getFragmentsByName(),
                            context.getCoercedVariables().toMap())
                    .of(context.getOperationDefinition());
            if (cost > config.maxCost()) {
                throw refused("the query costs " + cost + ", and at most " + config.maxCost()
                        + " is allowed: ask for fewer things, or with smaller limits");
            }
            return super.beginExecuteOperation(parameters, state);
        }

        private static AbortExecutionException refused(String message) {
            return new Refused(message);
        }
    }

    /** A query that is too much. */
    private static final class Refused extends AbortExecutionException {
        private static final long serialVersionUID = 1L;

        private Refused(String message) {
            super(message);
        }

        @Override
        public Map<String, Object> getExtensions() {
            return Map.of("problem", "query-too-large", "status", 400);
        }
    }
}
