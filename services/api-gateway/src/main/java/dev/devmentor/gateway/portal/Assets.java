package dev.devmentor.gateway.portal;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The files of the portal's page: a fixed list, so that no name leads anywhere else. */
@ApplicationScoped
class Assets {
    private static final String JAVASCRIPT = "text/javascript; charset=utf-8";
    private static final String CSS = "text/css; charset=utf-8";
    private static final String SWAGGER = "META-INF/maven/org.webjars/swagger-ui/pom.properties";

    private static final Map<String, String> TYPES = Map.of(
            "index.html", "text/html; charset=utf-8",
            "portal.js", JAVASCRIPT,
            "portal.css", CSS,
            "icon.svg", "image/svg+xml",
            "swagger-ui-bundle.js", JAVASCRIPT,
            "swagger-ui.css", CSS);

    private final Map<String, Asset> loaded = new ConcurrentHashMap<>();

    /**
     * A file.
     *
     * @param tag changes with its content
     */
    record Asset(byte[] content, String type, String tag) {}

    /** Reads it when it is asked for first; null if there is none of that name. */
    @Nullable Asset find(String name) {
        String type = TYPES.get(name);
        return type == null ? null : loaded.computeIfAbsent(name, _ -> load(name, type));
    }

    private static Asset load(String name, String type) {
        String path = name.startsWith("swagger-ui")
                ? "META-INF/resources/webjars/swagger-ui/" + swaggerVersion() + '/' + name
                : "portal/" + name;
        byte[] content = read(path);
        return new Asset(content, type, HexFormat.of().toHexDigits(Arrays.hashCode(content)) + content.length);
    }

    private static String swaggerVersion() {
        Properties properties = new Properties();
        try (InputStream in = open(SWAGGER)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    private static byte[] read(String path) {
        try (InputStream in = open(path)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String path) {
        InputStream in = Assets.class.getClassLoader().getResourceAsStream(path);
        if (in == null) {
            throw new IllegalStateException(path + " is not on the class path");
        }
        return in;
    }
}
