package dev.devmentor.learning.person;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.devmentor.learning.engine.load.CognitiveLoad;
import dev.devmentor.learning.engine.load.Session;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How much the learner's mind carries in the session under way; all 0 if there is none. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(examples = """
        {"load": 0.34, "slowness": 0.2, "errors": 0.35, "complexity": 0.5, "length": 0.87, "minutes": 52,
         "answers": 64, "hardShare": 0.23,
         "pause": {"reason": "long-session", "text": "You have worked for 52 minutes.", "minutes": 10}}""")
public record LoadView(
        @Schema(description = "0 (fresh) to 1 (exhausted)", examples = "0.34")
        double load,

        @Schema(description = "the part of response times: 1 is twice the learner's own usual time", examples = "0.2")
        double slowness,

        @Schema(description = "the part of errors beyond the expected ones", examples = "0.35")
        double errors,

        @Schema(description = "the part of the questions' own complexity", examples = "0.5")
        double complexity,

        @Schema(description = "the part of time at work: 1 is an hour", examples = "0.4")
        double length,

        @Schema(description = "minutes of the session", examples = "24")
        int minutes,

        @Schema(description = "answers of the session", examples = "31")
        int answers,

        @Schema(description = "recommended share of hard questions from here on, 0 to 0.4", examples = "0.23")
        double hardShare,

        @Schema(description = "a break that would do good; absent if none") @Nullable Pause pause) {

    /** A proposed break. */
    public record Pause(
            @Schema(description = "high-load, long-session or tiring", examples = "long-session")
            String reason,

            @Schema(description = "the same for people", examples = "You have worked for 52 minutes.")
            String text,

            @Schema(description = "how long, in minutes", examples = "10")
            int minutes) {}

    /** The session's load at a time. */
    public static LoadView of(Session session, long nowMicros) {
        CognitiveLoad.Estimate now = CognitiveLoad.at(session, nowMicros);
        CognitiveLoad.Pause pause = now.pause();
        return new LoadView(
                now.load(),
                now.slowness(),
                now.errors(),
                now.complexity(),
                now.length(),
                now.minutes(),
                now.answers(),
                now.hardShare(),
                pause == null ? null : new Pause(pause.reason(), text(pause.reason(), now), pause.minutes()));
    }

    private static String text(String reason, CognitiveLoad.Estimate now) {
        return switch (reason) {
            case "high-load" -> String.format(Locale.ROOT, "The load is high: %.0f %%.", 100 * now.load());
            case "long-session" -> "You have worked for " + now.minutes() + " minutes.";
            case "tiring" -> "Your answers have become slower, and more of them wrong.";
            default -> throw new IllegalStateException("a break for a reason without words: " + reason);
        };
    }
}
