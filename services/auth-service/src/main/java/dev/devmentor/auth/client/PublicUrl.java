package dev.devmentor.auth.client;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where people and programs reach this service from outside: usually by the gateway. */
@ApplicationScoped
public class PublicUrl {
    private final String base;

    PublicUrl(
            @ConfigProperty(name = "devmentor.auth.public-url") Optional<String> publicUrl,
            @ConfigProperty(name = "devmentor.auth.issuer") String issuer) {
        String url = publicUrl.filter(text -> !text.isBlank()).orElse(issuer);
        this.base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** The address of a path that begins with a slash. */
    public String of(String path) {
        return base + path;
    }

    /** Scheme, host and port. */
    public String origin() {
        return base;
    }
}
