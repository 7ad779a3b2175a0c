package dev.devmentor.cli.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplayPositionTest {
    @Test
    void remembersSingleRecordsAboveTheCommittedOffset() {
        ReplayPosition position = ReplayPosition.at(10, "").with(12).with(14);
        assertThat(position.next()).isEqualTo(10);
        ReplayPosition read = ReplayPosition.at(position.next(), position.metadata());
        assertThat(read.isReplayed(9)).isTrue();
        assertThat(read.isReplayed(10)).isFalse();
        assertThat(read.isReplayed(12)).isTrue();
        assertThat(read.isReplayed(13)).isFalse();
        assertThat(read.isReplayed(14)).isTrue();
    }

    @Test
    void closesTheGapWhenWhatStayedIsReplayedToo() {
        ReplayPosition position = ReplayPosition.at(10, "").with(11).with(12).with(10);
        assertThat(position.next()).isEqualTo(13);
        assertThat(position.metadata()).isEmpty();
        assertThat(position.with(14).with(13).next()).isEqualTo(15);
    }

    @Test
    void forgetsWhatRetentionHasRemoved() {
        ReplayPosition position = ReplayPosition.at(10, "").with(12).with(20).from(15);
        assertThat(position.next()).isEqualTo(15);
        assertThat(position.isReplayed(20)).isTrue();
        assertThat(position.isReplayed(16)).isFalse();
    }

    @Test
    void fitsTenThousandScatteredRecordsIntoTheMetadata() {
        ReplayPosition position = ReplayPosition.at(0, "");
        java.util.Random random = new java.util.Random(1);
        for (int offset = 1; offset < 20_000; offset++) {
            if (random.nextBoolean()) {
                position = position.with(offset);
            }
        }
        assertThat(position.metadata().length()).isLessThan(ReplayPosition.MAX_METADATA);
    }

    @Test
    void takesForeignMetadataForNothingReplayed() {
        assertThat(ReplayPosition.at(3, "somebody else's").isReplayed(4)).isFalse();
    }
}
