package dev.devmentor.auth.personaldata;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.util.Map;

/** Where the other services are, by their names: {@code devmentor.auth.services."learning-service"=http://127.0.0.1:3005}. */
@ConfigMapping(prefix = "devmentor.auth.services")
public interface ServicesConfig {
    /** Base addresses, without a slash at the end. */
    @WithParentName
    Map<String, URI> byName();
}
