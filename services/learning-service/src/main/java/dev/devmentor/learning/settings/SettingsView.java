package dev.devmentor.learning.settings;

import dev.devmentor.learning.engine.card.LearnerSettings;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A learner's settings as shown. */
public record SettingsView(
        @Schema(description = "sm2 or fsrs6") String scheduler,

        @Schema(description = "wanted probability of recall when a card falls due, 0.70 to 0.99")
        double desiredRetention,

        @Schema(description = "IANA zone of answers that name none")
        String zone,

        @Schema(description = "hour at which a day begins, 0 to 23")
        int rolloverHour,

        @Schema(description = "minutes until a wrong answer is asked again, 1 to 1440")
        int againDelayMinutes,

        @Schema(description = "longest interval, 1 to 36500")
        int maximumIntervalDays) {

    static SettingsView of(LearnerSettings settings) {
        return new SettingsView(
                settings.scheduler().wireName(),
                settings.desiredRetention(),
                settings.zone(),
                settings.rolloverHour(),
                settings.againDelayMinutes(),
                settings.maximumIntervalDays());
    }
}
