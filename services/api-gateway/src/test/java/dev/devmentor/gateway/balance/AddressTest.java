package dev.devmentor.gateway.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @Test
    void readsInstancesAndNames() {
        assertThat(Address.of("http://127.0.0.1:3005")).isEqualTo(new Address("127.0.0.1", 3005, false, false));
        assertThat(Address.of("https://[fd00::1]:8443")).isEqualTo(new Address("fd00::1", 8443, true, false));
        assertThat(Address.of("dns://learning-service.devmentor-app.svc:3005"))
                .isEqualTo(new Address("learning-service.devmentor-app.svc", 3005, false, true));
        assertThat(Address.of("dns+https://learning:8443")).isEqualTo(new Address("learning", 8443, true, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.1:3005",
                "ftp://127.0.0.1:21",
                "http://127.0.0.1",
                "http://127.0.0.1:0",
                "http://127.0.0.1:99999",
                "http://127.0.0.1:3005/path",
                "http://someone@127.0.0.1:3005",
                "http://127.0.0.1:3005?x",
                "http:// :3005",
                "http://:3005"
            })
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> Address.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
