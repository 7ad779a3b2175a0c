package dev.devmentor.cli.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.clientcrypto.Http;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Stands for the vaults of the auth service: keeps what it is given, person by person, in the shapes of docs/zero-knowledge.md. The
 * token of a person is their id, their address is {@code id@example.org}.
 */
final class FakeVaults implements Http {
    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, ObjectNode> keys = new HashMap<>();
    private final Map<String, Map<String, ObjectNode>> entries = new HashMap<>();
    private final Map<String, ObjectNode> shares = new TreeMap<>();
    private final List<String> bodies = new ArrayList<>();

    /** Answers to whoever wants to store keys, when the login is not recent. */
    boolean loginIsOld;

    /** All that was sent. */
    List<String> bodies() {
        return bodies;
    }

    /** The entries of somebody as they are stored. */
    Map<String, ObjectNode> entriesOf(String person) {
        return entries.computeIfAbsent(person, nobody -> new TreeMap<>());
    }

    @Override
    public Answer send(String method, String path, @Nullable String bearer, @Nullable String json) throws IOException {
        if (json != null) {
            bodies.add(json);
        }
        if (bearer == null) {
            return problem(401, "unauthorized", "no token");
        }
        JsonNode body = json == null ? JSON.createObjectNode() : JSON.readTree(json);
        String[] parts =
                path.replaceAll("\\?.*", "").substring("/api/auth/".length()).split("/");
        if (parts[0].equals("srp")) {
            return answer(200, JSON.createObjectNode().put("enabled", false));
        }
        String what = method + " " + (parts.length == 1 ? "" : parts[1]) + " " + parts.length;
        return switch (what) {
            case "GET  1" -> status(bearer);
            case "PUT keys 2" -> putKeys(bearer, (ObjectNode) body);
            case "GET keys 3" -> key(parts[2]);
            case "GET entries 2" -> list("entries", entriesOf(bearer).values());
            case "GET entries 3" -> found(entriesOf(bearer).get(parts[2]));
            case "PUT entries 3" -> putEntry(bearer, parts[2], (ObjectNode) body);
            case "DELETE entries 3" -> found(entriesOf(bearer).remove(parts[2]));
            case "GET entries 4" -> list("shares", sharesOf(bearer, parts[2]));
            case "PUT entries 5" -> share(bearer, parts[2], parts[4], (ObjectNode) body);
            case "GET shares 2" -> list("shares", receivedBy(bearer));
            case "GET shares 3" -> found(received(shares.get(parts[2])));
            case "POST shares 4" -> accept(parts[2], body);
            case "DELETE shares 3" -> found(shares.remove(parts[2]));
            default -> problem(404, "not-found", "there is no " + what);
        };
    }

    private Answer status(String person) {
        ObjectNode status = JSON.createObjectNode().put("owner", person);
        status.set("keys", keys.get(person));
        return answer(200, status.put("entries", entriesOf(person).size()).put("bytes", 0));
    }

    private Answer putKeys(String person, ObjectNode body) {
        if (loginIsOld) {
            return problem(401, "login-not-recent", "log in again first");
        }
        ObjectNode present = keys.get(person);
        if (body.path("version").asInt()
                != (present == null ? 1 : present.path("version").asInt() + 1)) {
            return problem(409, "version-conflict", "another version");
        }
        keys.put(person, body);
        return new Answer(204, "");
    }

    private Answer key(String who) {
        String person = who.replaceAll("(%40|@).*", "");
        ObjectNode set = keys.get(person);
        return set == null
                ? problem(404, "not-found", "there is nobody of this address who has a vault")
                : answer(
                        200,
                        JSON.createObjectNode()
                                .put("account", person)
                                .put("publicKey", set.path("publicKey").asText()));
    }

    private Answer putEntry(String person, String id, ObjectNode body) {
        ObjectNode present = entriesOf(person).get(id);
        if (body.path("version").asInt()
                != (present == null ? 1 : present.path("version").asInt() + 1)) {
            return problem(409, "version-conflict", "another version");
        }
        JsonNode kept = body.remove("shares");
        if (present != null
                && present.path("keyVersion").asInt() != body.path("keyVersion").asInt()) {
            shares.values().removeIf(share -> share.path("entryId").asText().equals(id));
        }
        entriesOf(person).put(id, body.put("id", id));
        if (kept != null) {
            kept.forEach(share -> share(person, id, share.path("recipient").asText(), (ObjectNode) share));
        }
        return answer(200, body);
    }

    private Answer share(String owner, String entry, String recipient, ObjectNode body) {
        ObjectNode share = body.deepCopy()
                .put("id", "share-" + (shares.size() + 1))
                .put("entryId", entry)
                .put("owner", owner)
                .put("recipient", recipient)
                .put("accepted", false);
        shares.put(share.path("id").asText(), share);
        return new Answer(204, "");
    }

    private List<ObjectNode> sharesOf(String owner, String entry) {
        return shares.values().stream()
                .filter(share -> share.path("owner").asText().equals(owner)
                        && share.path("entryId").asText().equals(entry))
                .map(share ->
                        share.deepCopy().put("email", share.path("recipient").asText() + "@example.org"))
                .toList();
    }

    private List<ObjectNode> receivedBy(String person) {
        List<ObjectNode> all = new ArrayList<>();
        for (ObjectNode share : shares.values()) {
            if (share.path("recipient").asText().equals(person)) {
                all.add(share.deepCopy()
                        .put("email", share.path("owner").asText() + "@example.org")
                        .put("ownerKey", publicKey(share.path("owner").asText())));
            }
        }
        return all;
    }

    private @Nullable ObjectNode received(@Nullable ObjectNode share) {
        if (share == null) {
            return null;
        }
        String owner = share.path("owner").asText();
        ObjectNode entry = entriesOf(owner).get(share.path("entryId").asText());
        ObjectNode shown = share.deepCopy()
                .put("ownerKey", publicKey(owner))
                .put("version", entry.path("version").asInt())
                .put("ciphertext", entry.path("ciphertext").asText());
        shown.remove("approval");
        if (share.has("accepted-with")) {
            shown.put("approval", share.path("accepted-with").asText());
        }
        return shown;
    }

    private String publicKey(String person) {
        ObjectNode set = keys.get(person);
        return set == null ? "" : set.path("publicKey").asText();
    }

    private Answer accept(String id, JsonNode body) {
        ObjectNode share = shares.get(id);
        if (share == null) {
            return problem(404, "not-found", "there is no such share");
        }
        share.put("accepted", true).put("accepted-with", body.path("approval").asText());
        return new Answer(204, "");
    }

    private static Answer list(String name, Iterable<ObjectNode> nodes) {
        ObjectNode page = JSON.createObjectNode();
        ArrayNode array = page.putArray(name);
        nodes.forEach(array::add);
        return answer(200, page);
    }

    private static Answer found(@Nullable JsonNode node) {
        return node == null ? problem(404, "not-found", "there is no such entry") : answer(200, node);
    }

    private static Answer answer(int status, JsonNode json) {
        return new Answer(status, json.toString());
    }

    private static Answer problem(int status, String type, String detail) {
        return answer(
                status,
                JSON.createObjectNode()
                        .put("type", "https://devmentor.dev/problems/" + type)
                        .put("detail", detail));
    }
}
