package dev.devmentor.kit.consume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.junit.jupiter.api.Test;

class EventIdentityTest {
    private static EventIdentity sha256(String text) throws NoSuchAlgorithmException {
        ByteBuffer hash =
                ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        return new EventIdentity(hash.getLong(), hash.getLong());
    }

    @Test
    void isTheBeginningOfASha256OverSourceAndId() throws NoSuchAlgorithmException {
        assertThat(EventIdentity.of("/quelle/ä", "id-😀")).isEqualTo(sha256("/quelle/ä\0id-😀"));
        assertThat(EventIdentity.of("answer-1")).isEqualTo(sha256("answer-1"));
        assertThat(EventIdentity.of("", "")).isEqualTo(sha256("\0"));
    }

    @Test
    void knowsWhereTheSourceEnds() {
        assertThat(EventIdentity.of("ab", "c")).isNotEqualTo(EventIdentity.of("a", "bc"));
    }

    @Test
    void isTheSameAfterItWasKept() {
        EventIdentity identity = EventIdentity.of("s", "i");
        assertThat(EventIdentity.of(identity.uuid())).isEqualTo(identity);
        assertThat(EventIdentity.of("").uuid()).hasToString("e3b0c442-98fc-1c14-9afb-f4c8996fb924");
    }
}
