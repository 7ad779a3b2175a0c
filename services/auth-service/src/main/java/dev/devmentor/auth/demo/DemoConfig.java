package dev.devmentor.auth.demo;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** The people of a laptop. */
@ConfigMapping(prefix = "devmentor.auth.demo")
interface DemoConfig {
    /** Password of demo@devmentor.local and operator@devmentor.local; without one there are no such accounts. */
    Optional<String> password();
}
