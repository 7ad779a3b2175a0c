package dev.devmentor.learning.hint;

import dev.devmentor.learning.engine.hint.Hint;
import dev.devmentor.learning.engine.hint.HintedOrder;
import dev.devmentor.learning.engine.hint.HintedOrder.Because;
import dev.devmentor.learning.engine.hint.HintedOrder.Placed;
import dev.devmentor.learning.engine.hint.HintedOrder.Question;
import dev.devmentor.learning.engine.hint.HintedOrder.Room;
import dev.devmentor.learning.engine.hint.HintedOrder.Rules;
import dev.devmentor.learning.engine.hint.Missed;
import dev.devmentor.learning.engine.hint.Rhythm;
import dev.devmentor.learning.learner.Learner;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets a learner's hints change a list of questions, and says of each change what made it. Reading is all that it does. */
@ApplicationScoped
public class UseHints {
    private final HintTable hints;
    private final Names names;

    UseHints(HintTable hints, Names names) {
        this.hints = hints;
        this.names = names;
    }

    /** A question in its place; {@code note} says which hint moved it or brought it in, null if none did. */
    public record Hinted(String item, @Nullable HintNote note, boolean brought) {}

    /** The hints that act for a learner; none if the learner's settings say so. */
    public ActingHints acting(Connection connection, Learner learner, long nowMicros) throws SQLException {
        if (!learner.preferences().hints()) {
            return ActingHints.NONE;
        }
        List<Hint> acting = hints.acting(connection, learner.id());
        List<Hint> pairs =
                acting.stream().filter(hint -> hint.kind() != Hint.Kind.RHYTHM).toList();
        boolean asks = pairs.stream().anyMatch(hint -> hint.kind() == Hint.Kind.MISTAKE);
        return new ActingHints(
                pairs, Rhythm.of(acting), asks ? hints.missed(connection, learner.id(), nowMicros) : Missed.NOTHING);
    }

    /**
     * Puts questions in the order that hints give, with those that hints bring in ({@link HintedOrder}).
     *
     * @param chosen in the order in which they would be asked without hints
     * @param others that may be asked too, the best first
     * @param bringIn whether questions may come in that were not chosen
     */
    public List<Hinted> arrange(
            Connection connection,
            Learner learner,
            ActingHints acting,
            long nowMicros,
            List<Question> chosen,
            List<Question> others,
            boolean bringIn,
            Room room)
            throws SQLException {
        List<Placed> placed =
                HintedOrder.of(chosen, others, new Rules(acting.pairs(), acting.missed(), bringIn, nowMicros), room);
        Set<String> items = new HashSet<>();
        for (Placed each : placed) {
            if (each.because() != null && !each.because().skill()) {
                items.add(each.because().other());
            }
        }
        Map<String, String> titles = names.ofItems(connection, learner.id(), items);
        List<Hinted> hinted = new ArrayList<>(placed.size());
        for (Placed each : placed) {
            hinted.add(new Hinted(
                    each.question().item(),
                    each.because() == null ? null : note(each.because(), titles),
                    each.brought()));
        }
        return hinted;
    }

    private HintNote note(Because because, Map<String, String> titles) {
        String other = because.other();
        String name = Objects.requireNonNullElse(because.skill() ? names.ofSkill(other) : titles.get(other), other);
        String sentence = because.hint().kind() == Hint.Kind.CONFUSION
                ? "you mix it up with “" + name + "”, so both come one after the other"
                : "you missed “" + name + "”, and the two go wrong together";
        return new HintNote(because.hint().patternId(), because.hint().kind().wireName(), sentence);
    }
}
