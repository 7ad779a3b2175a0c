package dev.devmentor.learning.settings;

import dev.devmentor.learning.engine.card.LearnerSettings;
import dev.devmentor.learning.learner.Preferences;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A learner's settings as shown. */
@Schema(examples = "{" + SettingsView.EXAMPLE + "}")
public record SettingsView(
        @Schema(description = "sm2, fsrs6 or fsrs7", examples = "fsrs7")
        String scheduler,

        @Schema(description = "wanted probability of recall when a card falls due, 0.70 to 0.99", examples = "0.9")
        double desiredRetention,

        @Schema(description = "IANA zone of answers that name none", examples = "Europe/Vienna")
        String zone,

        @Schema(description = "hour at which a day begins, 0 to 23", examples = "4")
        int rolloverHour,

        @Schema(description = "minutes until a wrong answer is asked again, 1 to 1440", examples = "10")
        int againDelayMinutes,

        @Schema(description = "longest interval, 1 to 36500", examples = "36500")
        int maximumIntervalDays,

        @Schema(description = "whether intervals are varied a little, by card and number of answers")
        boolean fuzz,

        @Schema(description = "whether an answer's interval may move within its fuzz to a day with less to do")
        boolean loadBalance,

        @Schema(description = "share of a usual day's load that each day of the week takes, Monday first, 0 to 1")
        List<Double> easyDays,

        @Schema(description = "whether of cards of one note only one is shown a day")
        boolean burySiblings,

        @Schema(description = "most new cards that are offered a day, 0 to 9999")
        int newPerDay,

        @Schema(description = "most reviews that are shown a day, 1 to 99999")
        int reviewsPerDay,

        @Schema(description = "lapses from which a card counts as a leech, 2 to 99")
        int leechThreshold,

        @Schema(description = "wanted share of right answers in quizzes, 0.50 to 0.95")
        double targetSuccess,

        @Schema(description = "time a day that plans count on, 1 to 600 minutes")
        int minutesPerDay,

        @Schema(description = "whether what is learned of how the person learns changes what is asked")
        boolean hints,

        @Schema(description = "what differs in a deck, by its name; what is null is as everywhere")
        Map<String, DeckView> decks,

        @Schema(description = "wanted probability of recall of single skills, by id")
        Map<String, Double> skillRetention) {

    /** An example without its braces, for what shows settings and more. */
    static final String EXAMPLE = """
            "scheduler": "fsrs7", "desiredRetention": 0.9, "zone": "Europe/Vienna", "rolloverHour": 4,
             "againDelayMinutes": 10, "maximumIntervalDays": 36500, "fuzz": true, "loadBalance": false,
             "easyDays": [1.0, 1.0, 1.0, 1.0, 1.0, 0.5, 0.0], "burySiblings": false, "newPerDay": 20,
             "reviewsPerDay": 9999, "leechThreshold": 8, "targetSuccess": 0.75, "minutesPerDay": 20,
             "hints": true,
             "decks": {"sql": {"scheduler": "fsrs6", "desiredRetention": 0.85}},
             "skillRetention": {"kafka.partitions": 0.95}""";

    /** What differs in a deck. */
    public record DeckView(
            @Schema(description = "sm2, fsrs6 or fsrs7") @Nullable String scheduler,

            @Schema(description = "0.70 to 0.99") @Nullable Double desiredRetention) {}

    static SettingsView of(LearnerSettings settings, Preferences preferences) {
        Map<String, DeckView> decks = new TreeMap<>();
        settings.decks()
                .forEach((name, deck) -> decks.put(
                        name,
                        new DeckView(
                                deck.scheduler() == null
                                        ? null
                                        : deck.scheduler().wireName(),
                                deck.desiredRetention())));
        return new SettingsView(
                settings.scheduler().wireName(),
                settings.desiredRetention(),
                settings.zone(),
                settings.rolloverHour(),
                settings.againDelayMinutes(),
                settings.maximumIntervalDays(),
                settings.fuzz(),
                preferences.loadBalance(),
                preferences.easyDays(),
                preferences.burySiblings(),
                preferences.newPerDay(),
                preferences.reviewsPerDay(),
                preferences.leechThreshold(),
                preferences.targetSuccess(),
                preferences.minutesPerDay(),
                preferences.hints(),
                decks,
                new TreeMap<>(settings.skillRetention()));
    }
}
