package dev.devmentor.clientcrypto;

import dev.devmentor.clientcrypto.CryptoFailed.Why;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import javax.crypto.KeyAgreement;

/** ECDH over P-256 (FIPS 186-5, SEC 1). Public keys are 65 bytes (04, x, y), private ones 32, agreed secrets the 32 of x. */
final class P256 {
    private static final int COORDINATE = 32;
    private static final int PUBLIC_BYTES = 1 + 2 * COORDINATE;

    private P256() {}

    /** A pair of keys: private 32 bytes, public 65. */
    record Pair(byte[] privateKey, byte[] publicKey) {}

    static Pair generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair pair = generator.generateKeyPair();
            ECPoint point = ((ECPublicKey) pair.getPublic()).getW();
            byte[] publicKey = new byte[PUBLIC_BYTES];
            publicKey[0] = 4;
            System.arraycopy(fixed(point.getAffineX()), 0, publicKey, 1, COORDINATE);
            System.arraycopy(fixed(point.getAffineY()), 0, publicKey, 1 + COORDINATE, COORDINATE);
            return new Pair(fixed(((ECPrivateKey) pair.getPrivate()).getS()), publicKey);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has P-256", impossible);
        }
    }

    /** The secret that the two share. */
    static byte[] agree(byte[] privateKey, byte[] publicKey) throws CryptoFailed {
        ECParameterSpec curve = curve();
        ECPoint point = point(publicKey, curve);
        try {
            KeyFactory keys = KeyFactory.getInstance("EC");
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(keys.generatePrivate(new ECPrivateKeySpec(new BigInteger(1, privateKey), curve)));
            agreement.doPhase(keys.generatePublic(new ECPublicKeySpec(point, curve)), true);
            return agreement.generateSecret();
        } catch (GeneralSecurityException unusable) {
            throw new CryptoFailed(Why.TAMPERED, "a key is none of P-256");
        }
    }

    /** Refuses what is no point of the curve: an agreement with it would tell of the private key. */
    private static ECPoint point(byte[] key, ECParameterSpec curve) throws CryptoFailed {
        if (key.length != PUBLIC_BYTES || key[0] != 4) {
            throw new CryptoFailed(Why.UNREADABLE, "a public key has 65 bytes and begins with 04");
        }
        BigInteger x = new BigInteger(1, key, 1, COORDINATE);
        BigInteger y = new BigInteger(1, key, 1 + COORDINATE, COORDINATE);
        BigInteger p = ((ECFieldFp) curve.getCurve().getField()).getP();
        BigInteger right = x.pow(3)
                .add(curve.getCurve().getA().multiply(x))
                .add(curve.getCurve().getB())
                .mod(p);
        if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0 || !y.multiply(y).mod(p).equals(right)) {
            throw new CryptoFailed(Why.TAMPERED, "a public key is no point of P-256");
        }
        return new ECPoint(x, y);
    }

    private static ECParameterSpec curve() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has P-256", impossible);
        }
    }

    private static byte[] fixed(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[COORDINATE];
        int length = Math.min(bytes.length, COORDINATE);
        System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE - length, length);
        return fixed;
    }
}
