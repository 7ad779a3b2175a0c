package dev.devmentor.clientcrypto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a person reads of an entry. All of it is encrypted, the title and the tags too.
 *
 * @param user name that goes with the secret
 * @param secret password, key, token
 * @param address where it is used
 */
public record EntryText(String title, List<String> tags, String user, String secret, String address, String note) {
    public EntryText {
        tags = List.copyOf(tags);
    }

    /** An entry with a title and a secret alone. */
    public static EntryText of(String title, String secret) {
        return new EntryText(title, List.of(), "", secret, "", "");
    }

    byte[] bytes() {
        ObjectNode json = Json.object();
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
        return new EntryText(
                Json.text(json, "title"),
                tags,
                json.path("user").asText(),
                json.path("secret").asText(),
                json.path("address").asText(),
                json.path("note").asText());
    }
}
