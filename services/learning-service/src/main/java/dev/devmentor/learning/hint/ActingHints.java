package dev.devmentor.learning.hint;

import dev.devmentor.kit.time.Micros;
import dev.devmentor.learning.engine.hint.Hint;
import dev.devmentor.learning.engine.hint.Missed;
import dev.devmentor.learning.engine.hint.Rhythm;
import dev.devmentor.learning.engine.load.Session;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The hints of a learner that act now.
 *
 * @param pairs about two items, or two skills
 * @param missed what the learner missed lately, as far as a pair asks for it
 */
public record ActingHints(List<Hint> pairs, Rhythm rhythm, Missed missed) {
    /** None act. */
    public static final ActingHints NONE = new ActingHints(List.of(), Rhythm.UNKNOWN, Missed.NOTHING);

    public ActingHints {
        pairs = List.copyOf(pairs);
    }

    /** Items that a pair names. */
    public Set<String> items() {
        Set<String> items = new HashSet<>();
        pairs.forEach(hint -> items.addAll(hint.items()));
        return items;
    }

    /** Skills that a pair of skills names. */
    public Set<String> skills() {
        Set<String> skills = new HashSet<>();
        pairs.stream().filter(hint -> hint.items().isEmpty()).forEach(hint -> skills.addAll(hint.skills()));
        return skills;
    }

    /** What to say if it is not one of the learner's good hours; null if it is, or if none are known. */
    public @Nullable HintNote outsideGoodHours(long nowMicros, String zone) {
        Hint hours = rhythm.hours();
        int hour = Micros.toInstant(nowMicros).atZone(ZoneId.of(zone)).getHour();
        return hours == null || !rhythm.isOutside(hour)
                ? null
                : new HintNote(
                        hours.patternId(),
                        hours.kind().wireName(),
                        "you learn best " + inWords(hours.hours())
                                + "; at this hour less is new, and it is a little easier");
    }

    /**
     * What to say where a sitting ends while it is good.
     *
     * @param what that ends there, such as "this quiz"
     */
    public HintNote endOfSitting(Session session, long nowMicros, String what) {
        Hint length = rhythm.length();
        if (length == null) {
            throw new IllegalStateException("nobody knows how long a sitting stays good");
        }
        int underWay = Rhythm.minutesUnderWay(session, nowMicros);
        String good = "you do well for about " + minutes(length.sessionMinutes());
        String sentence;
        if (underWay == 0) {
            sentence = good + "; " + what + " ends there";
        } else if (underWay < length.sessionMinutes()) {
            sentence = good + ", " + underWay + " of them are over; " + what + " ends there";
        } else {
            sentence = good + " and have been at it for " + underWay + "; so " + what + " is short";
        }
        return new HintNote(length.patternId(), length.kind().wireName(), sentence);
    }

    private static String minutes(int count) {
        return count + (count == 1 ? " minute" : " minutes");
    }

    /** Hours as spans: 7, 8 and 20 are "from 07:00 to 09:00 and from 20:00 to 21:00". */
    static String inWords(List<Integer> hours) {
        List<String> spans = new ArrayList<>();
        int i = 0;
        while (i < hours.size()) {
            int from = hours.get(i);
            int to = from + 1;
            for (i++; i < hours.size() && hours.get(i) == to; i++) {
                to++;
            }
            spans.add(String.format(Locale.ROOT, "from %02d:00 to %02d:00", from, to));
        }
        return spans.size() == 1
                ? spans.getFirst()
                : String.join(", ", spans.subList(0, spans.size() - 1)) + " and " + spans.getLast();
    }
}
