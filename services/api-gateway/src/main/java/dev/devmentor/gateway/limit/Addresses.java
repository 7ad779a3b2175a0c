package dev.devmentor.gateway.limit;

import io.netty.util.NetUtil;
import java.util.HexFormat;

/** What of an address is counted together. */
final class Addresses {
    private static final int MAPPED_PREFIX = 10;

    private Addresses() {}

    /**
     * An IPv4 address as it is; of an IPv6 address its first 64 bits, which is what one subscriber has (RFC 6177), as {@code
     * 20010db800000001/64}; an IPv4 address within IPv6 (RFC 4291, 2.5.5.2) as IPv4. What is no address counts as {@code unknown}.
     */
    static String counted(String address) {
        if (address.indexOf(':') < 0) {
            return NetUtil.isValidIpV4Address(address) ? address : "unknown";
        }
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        if (bytes == null) {
            return "unknown";
        }
        if (bytes.length == 4) {
            return NetUtil.bytesToIpAddress(bytes);
        }
        return isMapped(bytes)
                ? NetUtil.bytesToIpAddress(new byte[] {bytes[12], bytes[13], bytes[14], bytes[15]})
                : HexFormat.of().formatHex(bytes, 0, 8) + "/64";
    }

    private static boolean isMapped(byte[] bytes) {
        for (int i = 0; i < MAPPED_PREFIX; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return bytes[10] == (byte) 0xFF && bytes[11] == (byte) 0xFF;
    }
}
