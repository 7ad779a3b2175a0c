package dev.devmentor.clientcrypto;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The data key of an entry, for somebody else.
 *
 * @param recipient id of whoever may read it
 * @param recipientKey public key that it was made for
 * @param keyVersion of the data key
 * @param ephemeral public key that was made for this share alone
 * @param wrapped the data key, 60 bytes
 * @param approval that the owner has compared the recipient's key; see {@link Vault#approval}
 */
public record SealedShare(
        String recipient, String recipientKey, int keyVersion, String ephemeral, String wrapped, String approval) {
    /** As it is sent. */
    public String json() {
        return node().toString();
    }

    ObjectNode node() {
        ObjectNode json = Json.object();
        json.put("recipient", recipient);
        json.put("recipientKey", recipientKey);
        json.put("keyVersion", keyVersion);
        json.put("ephemeral", ephemeral);
        json.put("wrapped", wrapped);
        json.put("approval", approval);
        return json;
    }
}
