package dev.devmentor.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class JsonOutputTest {
    private static final int[] ALPHABET = {
        'a', 'Z', ' ', '"', '\\', '/', '\n', '\t', 0x01, 0x1f, 0x7f, 0x80, 0xe4, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff,
        0x10000, 0x1f600
    };

    private static TaskCreated task(String title) {
        return new TaskCreated(
                "t", null, "p", title, java.util.List.of(), Instant.parse("2026-03-01T10:00:00Z"), null, null);
    }

    /** Of every length, so that escapes and wide characters come at every place of the buffer. */
    @Test
    void everyTextComesBackAsItWas() {
        Random random = new Random(20_261_129);
        JsonMapper json = new JsonMapper();
        for (int length = 0; length < 1_500; length++) {
            int odd = random.nextInt(101);
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < length; i++) {
                text.appendCodePoint(random.nextInt(100) < odd ? ALPHABET[random.nextInt(ALPHABET.length)] : 'x');
            }

            byte[] encoded = EventEncoder.encodeData(EventTypes.TASK_CREATED, task(text.toString()));

            assertThat(json.readTree(encoded).get("title").stringValue()).isEqualTo(text.toString());
            assertThat(EventEncoder.encodeDataAsText(EventTypes.TASK_CREATED, task(text.toString())))
                    .isEqualTo(new String(encoded, StandardCharsets.UTF_8));
        }
    }

    @Test
    void aShortTextFollowsALongOneInTheSameBuffer() {
        EventEncoder.encodeDataAsText(EventTypes.TASK_CREATED, task("\n".repeat(100_000)));

        assertThat(EventEncoder.encodeDataAsText(EventTypes.TASK_CREATED, task("A task")))
                .isEqualTo(
                        "{\"taskId\":\"t\",\"project\":\"p\",\"title\":\"A task\",\"skills\":[],\"createdAt\":\"2026-03-01T10:00:00Z\"}");
    }
}
