package dev.devmentor.auth.secondfactor;

/** Five bits a character (RFC 4648 6), in one alphabet or another. */
final class Base32 {
    /** Of RFC 4648, which authenticator apps read. */
    static final String STANDARD = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    /** Of Douglas Crockford: for people, without letters that look like digits. */
    static final String FOR_PEOPLE = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final int BITS = 5;

    private Base32() {}

    /** @param bytes a multiple of five, so that nothing is left over */
    static String encode(String alphabet, byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length * Byte.SIZE / BITS);
        int kept = 0;
        int bits = 0;
        for (byte next : bytes) {
            kept = kept << Byte.SIZE | next & 0xFF;
            bits += Byte.SIZE;
            while (bits >= BITS) {
                bits -= BITS;
                text.append(alphabet.charAt(kept >>> bits & 0x1F));
            }
        }
        return text.toString();
    }
}
