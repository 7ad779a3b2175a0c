package dev.devmentor.clientcrypto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.clientcrypto.CryptoFailed.Why;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a person's vault as the server stores them: of no use without the password or the recovery code.
 *
 * @param version rises by 1 with every change
 * @param publicKey P-256, 65 bytes
 * @param privateKey wrapped by the vault key
 * @param slots the vault key, wrapped once for each way in
 */
public record KeySet(int version, String publicKey, String privateKey, List<Slot> slots) {
    /** The format that this code reads and writes. */
    public static final int FORMAT = 1;

    /** Kind of the slot that the password (or the passphrase of the vault) opens. */
    public static final String PASSWORD = "password";
    /** Kind of the slot that the recovery code opens. */
    public static final String RECOVERY = "recovery";

    /**
     * A way in.
     *
     * @param kdf how the wrapping key is made of the password; null in the recovery slot
     * @param wrapped the vault key, 60 bytes
     */
    public record Slot(String kind, @Nullable KdfParams kdf, String wrapped) {}

    public KeySet {
        slots = List.copyOf(slots);
    }

    /** The slot of a kind; null without. */
    public @Nullable Slot slot(String kind) {
        return slots.stream()
                .filter(slot -> slot.kind().equals(kind))
                .findFirst()
                .orElse(null);
    }

    /** The parameters of the password's slot. */
    public KdfParams kdf() throws CryptoFailed {
        Slot slot = slot(PASSWORD);
        if (slot == null || slot.kdf() == null) {
            throw new CryptoFailed(Why.UNREADABLE, "the vault has no slot for a password");
        }
        return slot.kdf();
    }

    /** As it is sent. */
    public String json() {
        ObjectNode json = Json.object();
        json.put("format", FORMAT);
        json.put("version", version);
        json.put("publicKey", publicKey);
        json.put("privateKey", privateKey);
        ArrayNode array = json.putArray("slots");
        slots.forEach(slot -> {
            ObjectNode node = array.addObject();
            node.put("kind", slot.kind());
            if (slot.kdf() != null) {
                node.put("salt", slot.kdf().salt());
                node.put("iterations", slot.kdf().iterations());
            }
            node.put("wrapped", slot.wrapped());
        });
        return json.toString();
    }

    /** Of what the server gave. */
    public static KeySet parse(String text) throws CryptoFailed {
        JsonNode json = Json.parse(text);
        if (Json.number(json, "format") != FORMAT) {
            throw new CryptoFailed(Why.UNREADABLE, "the vault has a format that this program does not know");
        }
        List<Slot> slots = new ArrayList<>();
        for (JsonNode slot : json.path("slots")) {
            KdfParams kdf = null;
            if (slot.hasNonNull("salt")) {
                try {
                    kdf = new KdfParams(Json.text(slot, "salt"), Json.number(slot, "iterations"));
                } catch (IllegalArgumentException unsafe) {
                    throw new CryptoFailed(Why.TAMPERED, String.valueOf(unsafe.getMessage()));
                }
            }
            slots.add(new Slot(Json.text(slot, "kind"), kdf, Json.text(slot, "wrapped")));
        }
        return new KeySet(
                Json.number(json, "version"), Json.text(json, "publicKey"), Json.text(json, "privateKey"), slots);
    }
}
