package dev.devmentor.clientcrypto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * An entry as the server stores it.
 *
 * @param id UUID in lower case, chosen by the client
 * @param version 1 when it is made, one more with every change
 * @param keyVersion 1 when it is made, one more when it gets a new data key
 * @param dataKey of the entry, wrapped by the vault key
 * @param ciphertext of the padded text, under the data key
 */
public record SealedEntry(String id, int version, int keyVersion, String dataKey, String ciphertext) {

    /** As it is sent. */
    public String json() {
        return node().toString();
    }

    /** As it is sent with a new data key: whoever is not among the shares loses the entry. */
    public String json(List<SealedShare> shares) {
        ObjectNode json = node();
        ArrayNode array = json.putArray("shares");
        shares.forEach(share -> array.add(share.node()));
        return json.toString();
    }

    private ObjectNode node() {
        ObjectNode json = Json.object();
        json.put("version", version);
        json.put("keyVersion", keyVersion);
        json.put("dataKey", dataKey);
        json.put("ciphertext", ciphertext);
        return json;
    }

    /** Of what the server gave. */
    public static SealedEntry parse(String text) throws CryptoFailed {
        return of(Json.parse(text));
    }

    static SealedEntry of(JsonNode json) throws CryptoFailed {
        return new SealedEntry(
                Json.text(json, "id"),
                Json.number(json, "version"),
                Json.number(json, "keyVersion"),
                Json.text(json, "dataKey"),
                Json.text(json, "ciphertext"));
    }
}
