package dev.devmentor.clientcrypto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a person reads of an entry. All of it is encrypted, the title and the tags too.
 *
 * @param user name that goes with the secret
 * @param secret password, key, token
 * @param address where it is used
 * @param more JSON object with what another client has written and this one does not know: it is kept
 */
public record EntryText(
        String title, List<String> tags, String user, String secret, String address, String note, String more) {
    private static final Set<String> KNOWN = Set.of("title", "tags", "user", "secret", "address", "note");

    public EntryText {
        tags = List.copyOf(tags);
    }

    /** An entry with nothing but what this client knows. */
    public EntryText(String title, List<String> tags, String user, String secret, String address, String note) {
        this(title, tags, user, secret, address, note, "{}");
    }

    /** An entry with a title and a secret alone. */
    public static EntryText of(String title, String secret) {
        return new EntryText(title, List.of(), "", secret, "", "");
    }

    byte[] bytes() {
        ObjectNode json = Json.objectOf(more);
        json.put("title", title);
        tags.forEach(json.putArray("tags")::add);
        json.put("user", user);
        json.put("secret", secret);
        json.put("address", address);
        json.put("note", note);
        return Text.utf8(json.toString());
    }

    static EntryText of(byte[] bytes) throws CryptoFailed {
        JsonNode json = Json.parse(new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
        List<String> tags = new ArrayList<>();
        json.path("tags").forEach(tag -> tags.add(tag.asText()));
        ObjectNode more = Json.object();
        json.properties().stream()
                .filter(field -> !KNOWN.contains(field.getKey()))
                .forEach(field -> more.set(field.getKey(), field.getValue()));
        return new EntryText(
                Json.text(json, "title"),
                tags,
                json.path("user").asText(),
                json.path("secret").asText(),
                json.path("address").asText(),
                json.path("note").asText(),
                more.toString());
    }
}
