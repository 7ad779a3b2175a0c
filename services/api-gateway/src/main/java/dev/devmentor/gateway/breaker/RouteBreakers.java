package dev.devmentor.gateway.breaker;

import dev.devmentor.gateway.route.Route;

/** A breaker for each route, beside those of the instances. */
public interface RouteBreakers {
    Breaker of(Route route);
}
