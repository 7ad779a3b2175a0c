package dev.devmentor.parts.issuer;

import dev.devmentor.parts.PartFailed;
import dev.devmentor.parts.PrivateFiles;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;

/** An RSA key that signs tokens (RS256). Whoever can read its file can make any token. */
public final class IssuerKey {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";
    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private final RSAPrivateCrtKey key;
    private final String modulus;
    private final String exponent;
    private final String id;

    private IssuerKey(RSAPrivateCrtKey key) {
        this.key = key;
        this.modulus = URL.encodeToString(unsigned(key.getModulus()));
        this.exponent = URL.encodeToString(unsigned(key.getPublicExponent()));
        // RFC 7638: the thumbprint is taken over exactly these members in this order.
        String members = "{\"e\":\"" + exponent + "\",\"kty\":\"RSA\",\"n\":\"" + modulus + "\"}";
        try {
            this.id = URL.encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(members.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** A fresh key of 2048 bits. */
    public static IssuerKey generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return new IssuerKey((RSAPrivateCrtKey) generator.generateKeyPair().getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    /** The key in the file (PKCS #8 in PEM, mode 0600), made when there is none. */
    public static IssuerKey loadOrCreate(Path file) {
        String pem = PrivateFiles.readOrNull(file);
        if (pem != null) {
            return parse(file, pem);
        }
        IssuerKey fresh = generate();
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(fresh.key.getEncoded());
        PrivateFiles.write(file, BEGIN + "\n" + body + "\n" + END + "\n");
        return fresh;
    }

    private static IssuerKey parse(Path file, String pem) {
        try {
            String body = pem.replace(BEGIN, "").replace(END, "").replaceAll("\\s", "");
            PKCS8EncodedKeySpec spec =
                    new PKCS8EncodedKeySpec(Base64.getDecoder().decode(body));
            return new IssuerKey(
                    (RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(spec));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new PartFailed(file + " holds no RSA key; move it aside and a new one is made", e);
        }
    }

    /** The key id: RFC 7638 thumbprint. */
    public String id() {
        return id;
    }

    public RSAPublicKey publicKey() {
        try {
            return (RSAPublicKey) KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    /** The public half as a JSON Web Key Set (RFC 7517). */
    public String jwks() {
        return "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"" + id + "\",\"n\":\"" + modulus
                + "\",\"e\":\"" + exponent + "\"}]}";
    }

    /** Header and claims as a signed compact JWT (RFC 7515). */
    String sign(String claimsJson) {
        String header = "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" + id + "\"}";
        String input = URL.encodeToString(header.getBytes(StandardCharsets.UTF_8)) + "."
                + URL.encodeToString(claimsJson.getBytes(StandardCharsets.UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + URL.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK signs RS256", e);
        }
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes.length > 1 && bytes[0] == 0 ? java.util.Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }
}
