package dev.devmentor.deterministic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.BufferUnderflowException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ByteReaderTest {

    @Test
    void readsWhatWasWritten() {
        ByteWriter out = new ByteWriter();
        long[] numbers = {0, 1, -1, 63, 64, -64, -65, Long.MAX_VALUE, Long.MIN_VALUE, 300, -300};
        out.int1(200);
        out.bool(true);
        out.int4(-7);
        out.int8(Long.MIN_VALUE);
        out.float8(-0.1);
        for (long number : numbers) {
            out.varint(number);
        }
        out.text("Grüße, 世界 🌍");
        out.text("");

        ByteReader in = new ByteReader(out.toBytes());
        assertThat(in.int1()).isEqualTo(200);
        assertThat(in.bool()).isTrue();
        assertThat(in.int4()).isEqualTo(-7);
        assertThat(in.int8()).isEqualTo(Long.MIN_VALUE);
        assertThat(in.float8()).isEqualTo(-0.1);
        for (long number : numbers) {
            assertThat(in.varint()).isEqualTo(number);
        }
        assertThat(in.text()).isEqualTo("Grüße, 世界 🌍");
        assertThat(in.text()).isEmpty();
        assertThat(in.left()).isZero();
    }

    @Test
    void refusesWhatEndsTooEarly() {
        ByteWriter out = new ByteWriter();
        out.text("a text");
        byte[] whole = out.toBytes();
        ByteReader cut = new ByteReader(Arrays.copyOf(whole, whole.length - 1));
        assertThatThrownBy(cut::text).isInstanceOf(BufferUnderflowException.class);
        assertThatThrownBy(() -> new ByteReader(new byte[] {-1}).varint()).isInstanceOf(BufferUnderflowException.class);
    }
}
