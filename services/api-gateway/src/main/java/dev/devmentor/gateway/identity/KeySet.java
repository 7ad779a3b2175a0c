package dev.devmentor.gateway.identity;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a JSON Web Key Set (RFC 7517, 5): its RSA keys for signatures (RFC 7518, 6.3.1), by their ids. Others are passed over. */
final class KeySet {
    private static final int MOST = 50;
    private static final int LONGEST_ID = 200;
    private static final int LEAST_BITS = 2048;
    private static final int MOST_BITS = 8192;

    private KeySet() {}

    /** @throws IllegalArgumentException if that is no key set, or names one id twice */
    static Map<String, RSAPublicKey> read(JsonObject document) {
        if (!(document.getValue("keys") instanceof JsonArray list) || list.size() > MOST) {
            throw new IllegalArgumentException("no set of at most " + MOST + " keys");
        }
        Map<String, RSAPublicKey> keys = new HashMap<>();
        for (Object element : list) {
            if (element instanceof JsonObject key) {
                RSAPublicKey usable = usable(key);
                if (usable != null && keys.put(key.getString("kid"), usable) != null) {
                    throw new IllegalArgumentException("two keys have the same id");
                }
            }
        }
        return keys;
    }

    private static @Nullable RSAPublicKey usable(JsonObject key) {
        if (!"RSA".equals(key.getValue("kty"))
                || !(key.getValue("kid") instanceof String id)
                || id.isEmpty()
                || id.length() > LONGEST_ID
                || (key.containsKey("use") && !"sig".equals(key.getValue("use")))
                || (key.containsKey("alg") && !"RS256".equals(key.getValue("alg")))
                || !(key.getValue("n") instanceof String modulus)
                || !(key.getValue("e") instanceof String exponent)) {
            return null;
        }
        BigInteger n = unsigned(modulus);
        BigInteger e = unsigned(exponent);
        if (n.bitLength() < LEAST_BITS
                || n.bitLength() > MOST_BITS
                || !e.testBit(0)
                || e.bitLength() < 2
                || e.bitLength() > 32) {
            return null;
        }
        try {
            return (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(n, e));
        } catch (GeneralSecurityException refused) {
            return null;
        }
    }

    private static BigInteger unsigned(String base64) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(base64));
    }
}
