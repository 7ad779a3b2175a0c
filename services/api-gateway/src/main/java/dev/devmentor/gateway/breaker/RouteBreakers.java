package dev.devmentor.gateway.breaker;

import dev.devmentor.gateway.route.Route;

/** A breaker for each route, beside those of the instances. */
public interface RouteBreakers {
    /**
     * The breaker of a route, for one request: what is told to this object is told of the try that was begun through it. So it is asked
     * for once for each request, and is not kept longer; all objects for one route share their state.
     */
    Breaker of(Route route);
}
