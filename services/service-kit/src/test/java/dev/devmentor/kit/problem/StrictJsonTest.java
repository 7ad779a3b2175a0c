package dev.devmentor.kit.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
    private record Body(
            @Nullable String text,
            @Nullable Integer whole,
            @Nullable Double number,
            @Nullable Boolean flag) {}

    private final ObjectMapper mapper = new ObjectMapper();

    StrictJsonTest() {
        new StrictJson().customize(mapper);
    }

    @Test
    void takesWhatIsOfTheRightKind() throws JsonProcessingException {
        assertThat(mapper.readValue("{\"text\":\"7\",\"whole\":7,\"number\":7,\"flag\":true}", Body.class))
                .isEqualTo(new Body("7", 7, 7.0, true));
        assertThat(mapper.readValue("{\"text\":null}", Body.class)).isEqualTo(new Body(null, null, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"text\":7}",
                "{\"text\":7.5}",
                "{\"text\":true}",
                "{\"whole\":7.5}",
                "{\"whole\":7.0}",
                "{\"whole\":\"7\"}",
                "{\"whole\":true}",
                "{\"whole\":\"\"}",
                "{\"number\":\"7\"}",
                "{\"flag\":1}",
                "{\"flag\":\"true\"}",
                "{\"whole\":7,\"whole\":7}",
                "{\"whole\":7} {}",
                "{\"whole\":7}x",
            })
    void bendsNothingIntoShape(String json) {
        assertThatThrownBy(() -> mapper.readValue(json, Body.class)).isInstanceOf(JsonProcessingException.class);
    }
}
