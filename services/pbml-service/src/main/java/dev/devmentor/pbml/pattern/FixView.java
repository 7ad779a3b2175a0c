package dev.devmentor.pbml.pattern;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.pbml.engine.owner.PatternView;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What was changed when an error went.
 *
 * @param at the last time
 * @param changedFiles paths from the top of the repository
 * @param commit the last one, if known
 * @param times how often
 * @param probability that these are among what changes when the error goes next
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(examples = """
        {"at": "2026-03-05T11:40:00Z", "changedFiles": ["src/main/resources/application.properties"],
         "commit": "1f2e3d4", "times": 2, "probability": 0.83}""")
public record FixView(
        Instant at, List<String> changedFiles, @Nullable String commit, int times, double probability) {

    static List<FixView> of(List<PatternView.KnownFix> fixes, int limit) {
        return fixes.stream()
                .limit(limit)
                .map(fix -> new FixView(
                        Micros.toInstant(fix.lastMicros()),
                        List.of(fix.path()),
                        fix.commit(),
                        fix.times(),
                        fix.probability()))
                .toList();
    }
}
