package dev.devmentor.gateway.edge;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devmentor.gateway.Configured;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorsTest {
    private static Cors cors(String origins) {
        return new Cors(Configured.as(CorsConfig.class, "cors.origins", origins), new TrustedProxies(List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.org",
                "http://localhost:5173",
                "https://[2001:db8::1]:8443",
                "capacitor://localhost",
                "chrome-extension://abcdefghijklmnop"
            })
    void takesOriginsAsBrowsersSendThem(String origin) {
        assertThatCode(() -> cors(origin)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "app.example.org",
                "https://app.example.org/",
                "https://App.example.org",
                "https://app.example.org:443",
                "http://app.example.org:80",
                "https://*.example.org"
            })
    void refusesWhatNoBrowserEverSends(String origin) {
        assertThatThrownBy(() -> cors("https://good.example.org," + origin))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("devmentor.gateway.cors.origins: " + origin + " is no origin");
    }
}
