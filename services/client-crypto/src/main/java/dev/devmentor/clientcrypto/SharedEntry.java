package dev.devmentor.clientcrypto;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Somebody else's entry that is shared with me, as the server gives it.
 *
 * @param share its id
 * @param owner id of who shares it
 * @param ownerKey public key of the owner
 */
public record SharedEntry(
        String share,
        String owner,
        String ownerKey,
        String entryId,
        int version,
        int keyVersion,
        String ephemeral,
        String wrapped,
        String ciphertext) {
    /** Of what the server gave. */
    public static SharedEntry parse(String text) throws CryptoFailed {
        JsonNode json = Json.parse(text);
        return new SharedEntry(
                Json.text(json, "id"),
                Json.text(json, "owner"),
                Json.text(json, "ownerKey"),
                Json.text(json, "entryId"),
                Json.number(json, "version"),
                Json.number(json, "keyVersion"),
                Json.text(json, "ephemeral"),
                Json.text(json, "wrapped"),
                Json.text(json, "ciphertext"));
    }
}
