package dev.devmentor.pbml.engine.owner;

import dev.devmentor.pbml.engine.related.RelatedFiles;
import dev.devmentor.pbml.engine.sequence.SequenceLimits;
import dev.devmentor.pbml.engine.study.StudyLimits;
import dev.devmentor.pbml.engine.template.Limits;

/**
 * How much is kept of one owner. What exceeds it is forgotten, the oldest or the weakest first.
 *
 * @param patterns known patterns of all kinds
 * @param members errors or lines that one pattern holds together
 * @param claims subjects of which is counted what goes with them, per kind
 * @param repositories whose histories are kept
 * @param templates of the template miner
 * @param actions of the mixture that foresees actions
 * @param files of the mixture that foresees errors
 * @param related of each repository
 * @param study of what answers say
 */
public record OwnerLimits(
        int patterns,
        int members,
        int claims,
        int repositories,
        Limits templates,
        SequenceLimits actions,
        SequenceLimits files,
        RelatedFiles.Bounds related,
        StudyLimits study) {

    /** As shipped: a busy person takes some megabytes, sixty at most. */
    public static final OwnerLimits DEFAULT = new OwnerLimits(
            5_000,
            32,
            2_000,
            16,
            new Limits(2_000, 8_000, 192, 4_096, 8L << 20),
            new SequenceLimits(100_000, 4_000, 100_000, 512, 1, 513),
            new SequenceLimits(100_000, 4_000, 100_000, 512, 1, 8_193),
            new RelatedFiles.Bounds(10_000, 10_000, 80_000, 100, 1_024),
            StudyLimits.DEFAULT);
}
