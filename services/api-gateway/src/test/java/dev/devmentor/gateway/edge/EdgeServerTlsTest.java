package dev.devmentor.gateway.edge;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EdgeServerTlsTest {
    private static final TlsConfigurationRegistry EMPTY = new TlsConfigurationRegistry() {
        @Override
        public Optional<TlsConfiguration> get(String name) {
            return Optional.empty();
        }

        @Override
        public Optional<TlsConfiguration> getDefault() {
            return Optional.empty();
        }

        @Override
        public void register(String name, TlsConfiguration configuration) {
            throw new UnsupportedOperationException();
        }
    };

    @Test
    void whoNamesACertificateThatIsNotThereGetsNoPortInTheClear() {
        assertThatThrownBy(() -> EdgeServer.named(EMPTY, "front"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "quarkus.http.tls-configuration-name: quarkus.tls.front does not exist, or has no key-store");
    }
}
