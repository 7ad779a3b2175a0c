package dev.devmentor.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.validator.BeanValidationConfigValidator;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A number or a time that cannot be meant ends the start, with a line that names the setting. */
class SettingsAtStartTest {
    private static final List<? extends Class<?>> MAPPINGS = new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.devmentor.gateway")
                    .stream()
                    .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                    .map(JavaClass::reflect)
                    .toList();
    private static final ValidatorFactory VALIDATORS = Validation.buildDefaultValidatorFactory();

    private static final class BySettings implements BeanValidationConfigValidator {
        @Override
        public Validator getValidator() {
            return VALIDATORS.getValidator();
        }
    }

    @AfterAll
    static void close() {
        VALIDATORS.close();
    }

    private static void read(Map<String, String> settings) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withValidator(new BySettings())
                .withSources(new PropertiesConfigSource(settings, "test", 100));
        MAPPINGS.forEach(builder::withMapping);
        builder.build();
    }

    @Test
    void whatIsDeliveredIsGood() {
        assertThat(MAPPINGS).hasSizeGreaterThan(14);
        read(Map.of());
    }

    @ParameterizedTest
    @CsvSource({
        "edge.max-head-bytes, 1",
        "edge.max-fields, 0",
        "edge.max-uri-bytes, -1",
        "edge.head-timeout, 0S",
        "edge.idle-timeout, PT0.5S",
        "edge.stream-idle-timeout, 0S",
        "edge.max-connections, 0",
        "edge.event-loops, -1",
        "edge.trace-sampling, 1.5",
        "cors.max-age, -1S",
        "checks.interval, 0S",
        "checks.timeout, 0S",
        "checks.failures, 0",
        "checks.successes, 0",
        "checks.dns-interval, 0S",
        "proxy.connect-timeout, 0S",
        "proxy.max-connections-per-instance, 0",
        "proxy.max-pending-per-instance, 0",
        "proxy.idle-timeout, PT0.5S",
        "proxy.stream-idle-timeout, 0S",
        "proxy.max-answer-head-bytes, 1",
        "proxy.body-timeout, 0S",
        "proxy.kept-body-bytes, -1",
        "proxy.answer-cache-bytes, -1",
        "proxy.answer-cache-entry-bytes, -1",
        "breaker.failures, 0",
        "breaker.open, 0S",
        "breaker.longest-open, 0S",
        "breaker.calm, -1S",
        "retry.retries, -1",
        "retry.waits, -1S",
        "retry.jitter, 2",
        "retry.budget-percent, -1",
        "retry.floor-per-second, -1",
        "shed.service-start, 0",
        "shed.service-least, 0",
        "shed.service-most, 0",
        "shed.tolerated, -1S",
        "shed.least, 0",
        "shed.most, 0",
        "shed.delay, 0S",
        "identity.leeway, -1S",
        "identity.refresh, 0S",
        "identity.timeout, 0S",
        "identity.tokens, 0",
        "identity.keys, 0",
        "limits.anonymous, 0",
        "limits.free, -1",
        "limits.premium, 1000001",
        "limits.auth, 0",
        "limiter.timeout, 0S",
        "limiter.ahead, -1S",
        "limiter.callers, 0",
        "graphql.timeout, 0S",
        "graphql.max-depth, 0",
        "flags.poll, 0S",
        "portal.refresh, 0S",
        "settings.poll, 0S",
        "settings.versions, 0",
        "routes.ai.timeout, -5S",
        "routes.ai.cache-seconds, -1"
    })
    void whatCannotBeMeantEndsTheStartWithALineThatNamesIt(String name, String value) {
        assertThatThrownBy(() -> read(Map.of("devmentor.gateway." + name, value)))
                .isInstanceOfSatisfying(ConfigValidationException.class, refused -> {
                    assertThat(refused.getProblemCount()).isEqualTo(1);
                    assertThat(refused.getProblem(0).getMessage()).startsWith("devmentor.gateway." + name);
                });
    }
}
