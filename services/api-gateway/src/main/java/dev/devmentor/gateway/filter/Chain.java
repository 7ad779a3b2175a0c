package dev.devmentor.gateway.filter;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;

/** All filters in the order of their stages. */
@Singleton
public class Chain {
    private final Filter[] filters;

    @Inject
    Chain(@Any Instance<Filter> filters) {
        this(filters.stream().toList());
    }

    /** With these filters, without a container. */
    public Chain(List<Filter> filters) {
        this.filters =
                filters.stream().sorted(Comparator.comparing(Filter::stage)).toArray(Filter[]::new);
        for (int i = 1; i < this.filters.length; i++) {
            if (this.filters[i].stage() == this.filters[i - 1].stage()) {
                throw new IllegalStateException("two filters for the stage " + this.filters[i].stage());
            }
        }
    }

    int size() {
        return filters.length;
    }

    Filter filter(int index) {
        return filters[index];
    }
}
