package dev.devmentor.gateway.balance;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Where instances of a service are: {@code http://host:port} and {@code https://host:port} are one each, {@code dns://name:port} and
 * {@code dns+https://name:port} are all addresses of a name, such as that of a headless Kubernetes service.
 *
 * @param byName whether all addresses of the name are meant
 */
record Address(String host, int port, boolean tls, boolean byName) {
    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if it is none; the message says why, without the text
     */
    static Address of(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is no URL", e);
        }
        String scheme = uri.getScheme();
        boolean byName = "dns".equals(scheme) || "dns+https".equals(scheme);
        boolean tls = "https".equals(scheme) || "dns+https".equals(scheme);
        if (!byName && !tls && !"http".equals(scheme)) {
            throw new IllegalArgumentException("begins with http://, https://, dns:// or dns+https://");
        }
        String host = uri.getHost();
        if (host == null || uri.getPort() < 1 || uri.getPort() > 65535) {
            throw new IllegalArgumentException("has a host and a port");
        }
        if (isThere(uri.getRawUserInfo())
                || isThere(uri.getRawPath())
                || isThere(uri.getRawQuery())
                || isThere(uri.getRawFragment())) {
            throw new IllegalArgumentException("has nothing but a host and a port");
        }
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new Address(bare, uri.getPort(), tls, byName);
    }

    private static boolean isThere(@Nullable String part) {
        return part != null && !part.isEmpty();
    }
}
