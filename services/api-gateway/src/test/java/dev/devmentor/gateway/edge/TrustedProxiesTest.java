package dev.devmentor.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
    private final TrustedProxies proxies = new TrustedProxies(List.of("10.0.0.0/8", "2001:db8::/32"));

    @Test
    void theClientIsTheLastOfTheChainThatIsNoProxy() {
        assertThat(proxies.client("10.0.0.1", "6.6.6.6, 9.9.9.9, 10.2.2.2")).isEqualTo("9.9.9.9");
        assertThat(proxies.client("8.8.8.8", "9.9.9.9")).isEqualTo("8.8.8.8");
        assertThat(proxies.client("10.0.0.1", "9.9.9.9, nonsense")).isEqualTo("10.0.0.1");
        assertThat(proxies.client("10.0.0.1", null)).isEqualTo("10.0.0.1");
    }

    @Test
    void aPortBehindTheAddressIsNoPartOfIt() {
        assertThat(proxies.client("10.0.0.1", "9.9.9.9:50123")).isEqualTo("9.9.9.9");
        assertThat(proxies.client("10.0.0.1", "[2001:4::1]:50123")).isEqualTo("2001:4::1");
        assertThat(proxies.client("10.0.0.1", "2001:4::1")).isEqualTo("2001:4::1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33",
                "10.0.0.0/x",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "proxy.example.org",
                "2001:db8::/129",
                ""
            })
    void whatIsNoBlockEndsTheStart(String block) {
        assertThatThrownBy(() -> new TrustedProxies(List.of(block)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("devmentor.gateway.edge.trusted-proxies: " + block
                        + " is no address and no block such as 10.0.0.0/8");
    }

    /** The examples of RFC 7239 section 4. */
    @Test
    void forwardedSaysTheSameInItsOwnForm() {
        assertThat(TrustedProxies.addresses(List.of("for=192.0.2.43, for=\"[2001:db8:cafe::17]:4711\";proto=http")))
                .isEqualTo("192.0.2.43,[2001:db8:cafe::17]:4711");
        assertThat(TrustedProxies.addresses(List.of("For=\"9.9.9.9\";by=\"a,for=1.1.1.1\"", "proto=https")))
                .isEqualTo("9.9.9.9,unknown");
        assertThat(proxies.client("10.0.0.1", TrustedProxies.addresses(List.of("for=9.9.9.9, for=10.2.2.2"))))
                .isEqualTo("9.9.9.9");
        assertThat(proxies.client("10.0.0.1", TrustedProxies.addresses(List.of("for=9.9.9.9, for=_hidden"))))
                .isEqualTo("10.0.0.1");
    }
}
