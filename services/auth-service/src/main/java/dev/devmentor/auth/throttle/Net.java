package dev.devmentor.auth.throttle;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** The place that an address stands for: one host of IPv4, a /64 of IPv6, where one host has as many addresses as it likes. */
final class Net {
    private Net() {}

    static String of(String address) {
        try {
            int zone = address.indexOf('%');
            // A literal: no name is looked up. Mapped IPv4 becomes IPv4.
            InetAddress parsed = InetAddress.ofLiteral(zone < 0 ? address : address.substring(0, zone));
            byte[] bytes = parsed.getAddress();
            return HexFormat.of().formatHex(parsed instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes);
        } catch (IllegalArgumentException noAddress) {
            return address;
        }
    }
}
