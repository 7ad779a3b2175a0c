package dev.devmentor.clientcrypto;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Somebody else's entry that is shared with me, as the server gives it.
 *
 * @param share its id
 * @param owner id of who shares it
 * @param ownerKey public key of the owner
 * @param approval that I have compared the owner's key, from when I accepted the share; null before
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
        String ciphertext,
        @Nullable String approval) {
    /** Of what the server gave. */
    public static SharedEntry parse(String text) throws CryptoFailed {
        return of(Json.parse(text));
    }

    static SharedEntry of(JsonNode json) throws CryptoFailed {
        return new SharedEntry(
                Json.text(json, "id"),
                Json.text(json, "owner"),
                Json.text(json, "ownerKey"),
                Json.text(json, "entryId"),
                Json.number(json, "version"),
                Json.number(json, "keyVersion"),
                Json.text(json, "ephemeral"),
                Json.text(json, "wrapped"),
                Json.text(json, "ciphertext"),
                json.hasNonNull("approval") ? Json.text(json, "approval") : null);
    }
}
