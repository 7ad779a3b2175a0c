package dev.devmentor.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.gateway.balance.ServicesConfig;
import dev.devmentor.gateway.route.RouteConfig;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OneSpellingTest {
    private static SmallRyeConfig config(Map<String, String> environment, Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withInterceptors(new OneSpelling())
                .withMapping(ServicesConfig.class)
                .withMapping(RouteConfig.class)
                .addDiscoveredConverters()
                .withSources(
                        new PropertiesConfigSource(
                                Map.of(
                                        "devmentor.gateway.services.\"learning-service\".instances",
                                        "http://127.0.0.1:3005"),
                                "delivered",
                                100),
                        new PropertiesConfigSource(properties, "file", 250),
                        new EnvConfigSource(environment, 300))
                .build();
    }

    private static ServicesConfig.Service learning(Map<String, String> environment, Map<String, String> properties) {
        Map<String, ServicesConfig.Service> services = config(environment, properties)
                .getConfigMapping(ServicesConfig.class)
                .services();
        assertThat(services).containsOnlyKeys("learning-service");
        return services.get("learning-service");
    }

    @Test
    void aNameIsTheSameWithQuotesAndWithout() {
        ServicesConfig.Service service = learning(
                Map.of(),
                Map.of(
                        "devmentor.gateway.services.learning-service.instances", "http://10.0.0.7:3005",
                        "devmentor.gateway.services.\"learning-service\".health-path", "/ready"));
        assertThat(service.instances()).contains(List.of("http://10.0.0.7:3005"));
        assertThat(service.healthPath()).contains("/ready");
    }

    @Test
    void theEnvironmentNamesWhatNobodyElseHasNamed() {
        assertThat(learning(Map.of("DEVMENTOR_GATEWAY_SERVICES__LEARNING_SERVICE__HEALTH_PATH", "/ready"), Map.of())
                        .healthPath())
                .contains("/ready");
        RouteConfig routes = config(Map.of("DEVMENTOR_GATEWAY_ROUTES__AUTH_TOKEN__TIMEOUT", "PT7S"), Map.of())
                .getConfigMapping(RouteConfig.class);
        assertThat(routes.routes()).containsOnlyKeys("auth-token");
        assertThat(routes.routes().get("auth-token").timeout()).contains(Duration.ofSeconds(7));
    }

    @Test
    void theEnvironmentComesBeforeAFileHoweverThatWritesIt() {
        for (String name : List.of("learning-service", "\"learning-service\"")) {
            assertThat(learning(
                                    Map.of(
                                            "DEVMENTOR_GATEWAY_SERVICES__LEARNING_SERVICE__INSTANCES",
                                            "http://10.0.0.8:1"),
                                    Map.of("devmentor.gateway.services." + name + ".instances", "http://10.0.0.7:1"))
                            .instances())
                    .contains(List.of("http://10.0.0.8:1"));
        }
    }
}
