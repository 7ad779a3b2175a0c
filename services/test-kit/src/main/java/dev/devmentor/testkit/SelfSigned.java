package dev.devmentor.testkit;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.Signature;

/** A certificate that a key has signed for itself: X.509 version 1 (RFC 5280) in DER, which no public class of the JDK makes. */
final class SelfSigned {
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int UTF8_STRING = 0x0c;
    private static final int UTC_TIME = 0x17;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;

    /** sha256WithRSAEncryption (1.2.840.113549.1.1.11) with its NULL. */
    private static final byte[] RSA_SHA256 =
            SelfSigned.bytes(0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b, 0x05, 0x00);
    /** commonName (2.5.4.3). */
    private static final byte[] COMMON_NAME = SelfSigned.bytes(0x06, 0x03, 0x55, 0x04, 0x03);

    private SelfSigned() {}

    static byte[] certificate(KeyPair key) {
        byte[] name = der(
                SEQUENCE,
                der(
                        SET,
                        der(SEQUENCE, COMMON_NAME, der(UTF8_STRING, "devmentor".getBytes(StandardCharsets.US_ASCII)))));
        byte[] signed = der(
                SEQUENCE,
                der(INTEGER, BigInteger.ONE.toByteArray()),
                RSA_SHA256,
                name,
                der(SEQUENCE, time("260101000000Z"), time("360101000000Z")),
                name,
                key.getPublic().getEncoded());
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key.getPrivate());
            signature.update(signed);
            return der(SEQUENCE, signed, RSA_SHA256, der(BIT_STRING, new byte[] {0}, signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK signs RS256", e);
        }
    }

    static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    private static byte[] time(String utc) {
        return der(UTC_TIME, utc.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] der(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 4);
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.write(0x81);
            out.write(length);
        } else {
            out.write(0x82);
            out.write(length >> 8);
            out.write(length);
        }
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
