package dev.devmentor.gateway.route;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** All routes, as they are now. Safe for all threads; what a request has found stays as it is for this request. */
public interface Routes {
    /** The route with the longest prefix of this path. */
    @Nullable Route find(String path);

    /** Every one. */
    List<Route> all();
}
