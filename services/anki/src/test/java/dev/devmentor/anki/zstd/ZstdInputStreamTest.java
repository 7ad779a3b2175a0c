package dev.devmentor.anki.zstd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZstdInputStreamTest {
    private static byte[] decode(byte[] frames) throws IOException {
        return new ZstdInputStream(new ByteArrayInputStream(frames)).readAllBytes();
    }

    private static byte[] compress(byte[] content, int level, boolean checksum, boolean size) {
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            context.setLevel(level).setChecksum(checksum).setContentSize(size);
            return context.compress(content);
        }
    }

    /** What compresses in many ways: words, noise, runs, repeats from far away. */
    private static byte[] mixed(SplittableRandom random, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String[] words = {"kafka", "partition ", "the ", "offset=", "\u00e4\u00f6", "SELECT * FROM ", "0", "\n"};
        while (out.size() < length) {
            switch (random.nextInt(5)) {
                case 0 -> {
                    byte[] noise = new byte[random.nextInt(1, 400)];
                    random.nextBytes(noise);
                    out.writeBytes(noise);
                }
                case 1 -> {
                    byte[] run = new byte[random.nextInt(1, 5_000)];
                    Arrays.fill(run, (byte) random.nextInt());
                    out.writeBytes(run);
                }
                case 2 -> {
                    byte[] before = out.toByteArray();
                    if (before.length > 0) {
                        int from = random.nextInt(before.length);
                        int n = Math.min(before.length - from, random.nextInt(1, 3_000));
                        out.write(before, from, n);
                    }
                }
                default -> {
                    for (int i = random.nextInt(200); i >= 0; i--) {
                        out.writeBytes(words[random.nextInt(words.length)].getBytes(StandardCharsets.UTF_8));
                    }
                }
            }
        }
        return Arrays.copyOf(out.toByteArray(), length);
    }

    @ParameterizedTest
    @ValueSource(ints = {-5, 1, 3, 6, 9, 13, 16, 19, 22})
    void givesBackWhatZstandardPacked(int level) throws IOException {
        SplittableRandom random = new SplittableRandom(level);
        for (int length : new int[] {0, 1, 2, 5, 31, 32, 33, 255, 256, 1_000, 20_000, 131_071, 131_073, 700_000}) {
            byte[] content = mixed(random, length);
            boolean checksum = random.nextBoolean();
            boolean size = random.nextBoolean();

            assertThat(decode(compress(content, level, checksum, size)))
                    .as("%d bytes, checksum %s, size %s", length, checksum, size)
                    .isEqualTo(content);
        }
    }

    @Test
    void reachesBackOverAWindowOfEightMebibytes() throws IOException {
        byte[] content = mixed(new SplittableRandom(8), 8 << 20);
        byte[] twice = Arrays.copyOf(content, 12 << 20);
        System.arraycopy(content, 0, twice, 8 << 20, 4 << 20);

        assertThat(decode(compress(twice, 19, true, false))).isEqualTo(twice);
    }

    @Test
    void readsFramesOneAfterTheOtherAndPassesOverSkippableOnes() throws IOException {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        frames.writeBytes(compress("one ".getBytes(StandardCharsets.UTF_8), 3, true, true));
        frames.writeBytes(new byte[] {0x53, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 9, 9, 9});
        frames.writeBytes(compress("two".getBytes(StandardCharsets.UTF_8), 3, false, false));

        assertThat(decode(frames.toByteArray()))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("one two");
    }

    @Test
    void readsByteByByteToo() throws IOException {
        byte[] content = mixed(new SplittableRandom(3), 3_000);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZstdInputStream in = new ZstdInputStream(new ByteArrayInputStream(Zstd.compress(content)))) {
            for (int b = in.read(); b >= 0; b = in.read()) {
                out.write(b);
            }
            assertThat(in.read(new byte[4], 0, 4)).isEqualTo(-1);
        }
        assertThat(out.toByteArray()).isEqualTo(content);
    }

    @Test
    void refusesWhatNeedsALargerWindow() {
        byte[] frame = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0, 0x70, 1, 0, 0};

        assertThatThrownBy(() -> decode(frame))
                .isInstanceOf(ZstdException.class)
                .hasMessage("a frame needs a window of more than 8 MiB");
    }

    @Test
    void refusesWhatNeedsADictionary() {
        byte[] frame = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 1, 0x40, 7, 1, 0, 0};

        assertThatThrownBy(() -> decode(frame))
                .isInstanceOf(ZstdException.class)
                .hasMessage("a frame needs a dictionary");
    }

    @Test
    void noticesAWrongChecksum() {
        byte[] frame = compress("checked".getBytes(StandardCharsets.UTF_8), 3, true, true);
        frame[frame.length - 1] ^= 1;

        assertThatThrownBy(() -> decode(frame))
                .isInstanceOf(ZstdException.class)
                .hasMessage("the checksum of a frame is wrong");
    }

    @Test
    void everyCutOffFrameIsRefused() {
        byte[] frame = compress(mixed(new SplittableRandom(4), 3_000), 9, true, true);
        for (int length = 1; length < frame.length; length++) {
            byte[] cut = Arrays.copyOf(frame, length);
            assertThatThrownBy(() -> decode(cut))
                    .as("%d bytes", length)
                    .isInstanceOfAny(EOFException.class, ZstdException.class);
        }
    }

    @Test
    void damageIsRefusedOrDecodedButNeverAnythingElse() {
        SplittableRandom random = new SplittableRandom(5);
        int refused = 0;
        int rounds = Boolean.getBoolean("devmentor.long") ? 200_000 : 4_000;
        for (int i = 0; i < rounds; i++) {
            byte[] frame = compress(
                    mixed(random, random.nextInt(10, 2_000)), random.nextInt(1, 20), false, random.nextBoolean());
            for (int k = random.nextInt(1, 4); k > 0; k--) {
                frame[random.nextInt(4, frame.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                ZstdInputStream in = new ZstdInputStream(new ByteArrayInputStream(frame));
                in.skip(1 << 20);
            } catch (EOFException | ZstdException expected) {
                refused++;
            } catch (IOException other) {
                throw new AssertionError(other);
            }
        }
        assertThat(refused).isBetween(rounds / 4, rounds);
    }
}
