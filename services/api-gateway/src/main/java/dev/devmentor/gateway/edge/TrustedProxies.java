package dev.devmentor.gateway.edge;

import io.netty.util.NetUtil;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The proxies in front whose word about the client's address is believed. */
@Singleton
public class TrustedProxies {
    private record Block(byte[] network, int bits) {
        boolean contains(byte[] address) {
            if (address.length != network.length) {
                return false;
            }
            int whole = bits / 8;
            for (int i = 0; i < whole; i++) {
                if (address[i] != network[i]) {
                    return false;
                }
            }
            int rest = bits % 8;
            return rest == 0 || ((address[whole] ^ network[whole]) & 0xff) >>> 8 - rest == 0;
        }
    }

    private final List<Block> blocks = new ArrayList<>();

    @Inject
    TrustedProxies(EdgeConfig config) {
        this(config.trustedProxies().orElse(List.of()));
    }

    /** @param cidrs addresses or blocks such as {@code 10.0.0.0/8} */
    TrustedProxies(List<String> cidrs) {
        for (String cidr : cidrs) {
            int slash = cidr.indexOf('/');
            byte @Nullable [] network =
                    NetUtil.createByteArrayFromIpAddressString(slash < 0 ? cidr : cidr.substring(0, slash));
            int bits = network == null ? -1 : slash < 0 ? network.length * 8 : bits(cidr.substring(slash + 1));
            if (network == null || bits < 0 || bits > network.length * 8) {
                throw new ConfigurationException("devmentor.gateway.edge.trusted-proxies: " + cidr
                        + " is no address and no block such as 10.0.0.0/8");
            }
            blocks.add(new Block(network, bits));
        }
    }

    private static int bits(String text) {
        return text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
    }

    boolean isEmpty() {
        return blocks.isEmpty();
    }

    /** Whether an address is that of such a proxy. */
    public boolean trusts(String address) {
        if (blocks.isEmpty()) {
            return false;
        }
        byte @Nullable [] octets = NetUtil.createByteArrayFromIpAddressString(address);
        if (octets == null) {
            return false;
        }
        for (Block block : blocks) {
            if (block.contains(octets)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The client's address: of the chain that proxies have written, the last one that is no trusted proxy.
     *
     * @param peer the other end of the connection
     * @param forwardedFor all of {@code X-Forwarded-For}; null for none
     */
    String client(String peer, @Nullable String forwardedFor) {
        String client = peer;
        if (forwardedFor == null) {
            return client;
        }
        int end = forwardedFor.length();
        while (end > 0 && trusts(client)) {
            int comma = forwardedFor.lastIndexOf(',', end - 1);
            String address = plain(forwardedFor.substring(comma + 1, end).trim());
            if (NetUtil.createByteArrayFromIpAddressString(address) == null) {
                return client;
            }
            client = address;
            end = Math.max(comma, 0);
        }
        return client;
    }

    /**
     * The addresses of {@code Forwarded} (RFC 7239) in the form of {@code X-Forwarded-For}; what does not say for whom it is stands as
     * {@code unknown}.
     */
    static String addresses(List<String> forwarded) {
        List<String> addresses = new ArrayList<>();
        for (String element : split(String.join(",", forwarded), ',')) {
            String address = "unknown";
            for (String pair : split(element, ';')) {
                String trimmed = pair.trim();
                if (trimmed.regionMatches(true, 0, "for=", 0, 4)) {
                    address = trimmed.substring(4).replace("\"", "");
                }
            }
            addresses.add(address);
        }
        return String.join(",", addresses);
    }

    /** Parts between separators that are not quoted. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }

    /** Without the port that some proxies add. */
    private static String plain(String address) {
        if (address.startsWith("[") && address.indexOf(']') > 0) {
            return address.substring(1, address.indexOf(']'));
        }
        int colon = address.indexOf(':');
        return colon > 0 && colon == address.lastIndexOf(':') ? address.substring(0, colon) : address;
    }
}
