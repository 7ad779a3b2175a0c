package dev.devmentor.auth.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** A block of addresses in CIDR notation (RFC 4632, RFC 4291). */
record AddressRange(byte[] network, int bits) {
    static AddressRange parse(String text) {
        String[] parts = text.strip().split("/", 2);
        InetAddress address = address(parts[0]);
        if (address == null) {
            throw new IllegalArgumentException(text + " is no block of addresses");
        }
        byte[] network = address.getAddress();
        int bits = parts.length == 1 ? network.length * 8 : Integer.parseInt(parts[1]);
        if (bits < 0 || bits > network.length * 8) {
            throw new IllegalArgumentException(text + " is no block of addresses");
        }
        return new AddressRange(network, bits);
    }

    /** The address of a literal; null if it is none. Names are never looked up. */
    static @Nullable InetAddress address(String text) {
        if (text.isEmpty() || !text.matches("[0-9a-fA-F:.]{2,45}") || !(text.contains(".") || text.contains(":"))) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException notALiteral) {
            return null;
        }
    }

    boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length != network.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >>> bit % 8;
            if ((bytes[bit / 8] & mask) != (network[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    /** For messages. */
    @Override
    public String toString() {
        try {
            return InetAddress.getByAddress(network).getHostAddress() + "/" + bits;
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
