package dev.devmentor.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AddressesTest {
    @Test
    void countsAnIpv4AddressAsItIs() {
        assertThat(Addresses.counted("203.0.113.7")).isEqualTo("203.0.113.7");
    }

    @Test
    void countsAnIpv6AddressByItsFirst64Bits() {
        assertThat(Addresses.counted("2001:db8:0:1::1")).isEqualTo("20010db800000001/64");
        assertThat(Addresses.counted("2001:DB8:0:1:ffff:ffff:ffff:ffff")).isEqualTo("20010db800000001/64");
        assertThat(Addresses.counted("2001:db8:0:2::1")).isEqualTo("20010db800000002/64");
        assertThat(Addresses.counted("fe80::1%eth0")).isEqualTo("fe80000000000000/64");
        assertThat(Addresses.counted("::1")).isEqualTo("0000000000000000/64");
    }

    @Test
    void countsAMappedAddressAsTheIpv4AddressThatItIs() {
        assertThat(Addresses.counted("::ffff:203.0.113.7")).isEqualTo("203.0.113.7");
        assertThat(Addresses.counted("::ffff:cb00:7107")).isEqualTo("203.0.113.7");
    }

    @Test
    void countsWhatIsNoAddressTogether() {
        assertThat(Addresses.counted("203.0.113")).isEqualTo("unknown");
        assertThat(Addresses.counted("a:b")).isEqualTo("unknown");
        assertThat(Addresses.counted("")).isEqualTo("unknown");
    }
}
