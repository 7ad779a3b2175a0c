package dev.devmentor.gateway.portal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.gateway.status.BackendClient;
import dev.devmentor.gateway.status.BackendClient.Answer;
import dev.devmentor.gateway.status.BackendClient.Call;
import dev.devmentor.gateway.status.BackendFailed;
import dev.devmentor.gateway.status.Backends;
import io.quarkus.smallrye.openapi.runtime.OpenApiConstants;
import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import io.smallrye.mutiny.Uni;
import io.smallrye.openapi.runtime.io.Format;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * What all services offer, as one document. Services are asked at most once in a while, all at once; one that is down keeps
 * what it said last.
 */
@ApplicationScoped
class Documents {
    private static final Logger LOG = Logger.getLogger(Documents.class);
    private static final String GATEWAY = "api-gateway";
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int DEEPEST = 200;

    private final BackendClient client;
    private final Backends backends;
    private final PortalConfig config;
    private final OpenApiDocumentService own;
    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .build();
    private final Map<String, ObjectNode> lastKnown = new ConcurrentHashMap<>();
    private final Uni<Merged> merged;

    Documents(BackendClient client, Backends backends, PortalConfig config, OpenApiDocumentService own) {
        this.client = client;
        this.backends = backends;
        this.config = config;
        this.own = own;
        this.merged = Uni.createFrom().deferred(this::ask).memoize().atLeast(config.refresh());
    }

    /** The one document, and the same as text. */
    record Merged(ObjectNode document, byte[] text) {}

    /** What one service said now. */
    private enum Said {
        DOCUMENT,
        HAS_NONE,
        DOWN
    }

    /** The document as it was made last, at most some seconds ago. */
    Uni<Merged> merged() {
        return merged;
    }

    private Uni<Merged> ask() {
        List<String> services = backends.services();
        if (services.isEmpty()) {
            return Uni.createFrom().item(merge(services, List.of()));
        }
        return Uni.join()
                .all(services.stream().map(this::ask).toList())
                .andFailFast()
                .map(said -> merge(services, said));
    }

    private Uni<Said> ask(String service) {
        return client.ask(service, Call.get("/q/openapi?format=json", config.timeout(), config.maxDocumentBytes()))
                .map(answer -> read(service, answer))
                .onFailure(BackendFailed.class)
                .recoverWithItem(Said.DOWN);
    }

    private Said read(String service, Answer answer) {
        if (answer.status() == NOT_FOUND) {
            lastKnown.remove(service);
            return Said.HAS_NONE;
        }
        if (answer.status() == OK) {
            try {
                JsonNode document = json.readTree(answer.body());
                if (document instanceof ObjectNode object
                        && object.path("openapi").asText().startsWith("3.")
                        && object.path("paths").isObject()) {
                    lastKnown.put(service, object);
                    return Said.DOCUMENT;
                }
            } catch (IOException e) {
                // said below
            }
            LOG.warnf("what %s says that it offers is no OpenAPI 3 document", service);
        }
        return Said.DOWN;
    }

    private Merged merge(List<String> services, List<Said> said) {
        List<Part> parts = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        parts.add(new Part(GATEWAY, own(), true, path -> !path.startsWith("/portal")));
        for (int i = 0; i < services.size(); i++) {
            String service = services.get(i);
            ObjectNode document = lastKnown.get(service);
            if (document != null) {
                parts.add(new Part(
                        service, document, said.get(i) == Said.DOCUMENT, path -> backends.serves(service, path)));
            } else if (said.get(i) == Said.DOWN && backends.isInstalled(service)) {
                silent.add(service);
            }
        }
        ObjectNode document = Merge.of(parts, silent);
        try {
            return new Merged(document, json.writeValueAsBytes(document));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document that is no JSON", e);
        }
    }

    private ObjectNode own() {
        try {
            return json.readTree(own.getDocument(OpenApiConstants.DEFAULT_DOCUMENT_NAME, Format.JSON))
                            instanceof ObjectNode object
                    ? object
                    : json.createObjectNode();
        } catch (IOException e) {
            throw new IllegalStateException("the gateway's own document is no JSON", e);
        }
    }
}
