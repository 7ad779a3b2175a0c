package dev.devmentor.gateway.filter;

/**
 * One step of every request. Runs on the event loop of the request: it must not block. Filters are beans and have no state of a
 * request; that is in the {@link Exchange}.
 */
public interface Filter {
    /** Where in the order. */
    Stage stage();

    /**
     * Looks at a request and, sooner or later, does exactly one of these: {@link Exchange#proceed()}, or an answer by {@link
     * Exchange#refuse} or {@link Exchange#answer}. What is thrown is answered with 500 and logged.
     */
    void apply(Exchange exchange);
}
