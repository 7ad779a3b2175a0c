package dev.devmentor.learning.engine.hint;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What hints about pairs change in a list of questions that was chosen without them.
 *
 * <p>Two items that a person confuses are asked right after one another: to see them side by side is what tells them apart
 * (S. H. K. Kang, H. Pashler, "Learning painting styles: spacing is advantageous when it promotes discriminative contrast",
 * Applied Cognitive Psychology 26/1, 2012; D. Rohrer, "Interleaving helps students distinguish among similar concepts",
 * Educational Psychology Review 24/3, 2012). Of two that go wrong together the other one comes forward once one was missed.
 *
 * <p>A partner that was not chosen comes in where it may: if it is due, was never met, or was last answered at least a day
 * ago, since an answer that is still fresh teaches little by being repeated (N. J. Cepeda et al., "Distributed practice in
 * verbal recall tasks", Psychological Bulletin 132/3, 2006). At most a quarter of the list, rounded up, comes in so, and into
 * a list of one nothing. What comes in takes the place of the last questions that are not due; only one that is due itself
 * may take the place of another due one. So no due review waits for a hint.
 *
 * <p>Same arguments, same list. Every question is moved at most once and has at most one partner put behind it.
 */
public final class HintedOrder {
    /** Of an item that was never answered. */
    public static final long NEVER = Long.MIN_VALUE;

    private static final long DAY_MICROS = 86_400L * 1_000_000;
    private static final int PART = 4;

    private final List<Place> places = new ArrayList<>();
    private final List<Question> others;
    private final Rules rules;
    private final Room room;
    private int brought;

    private HintedOrder(List<Question> chosen, List<Question> others, Rules rules, Room room) {
        chosen.forEach(question -> places.add(new Place(question)));
        this.others = new ArrayList<>(others);
        this.rules = rules;
        this.room = room;
    }

    /**
     * A question.
     *
     * @param skills the main one first
     * @param due whether its review is due
     * @param fixed whether it stays where it is; such questions lead the list
     * @param lastMicros when it was last answered; {@link #NEVER} if it was not
     * @param seconds what an answer takes
     */
    public record Question(
            String item, List<String> skills, boolean due, boolean fixed, long lastMicros, double seconds) {
        public Question {
            skills = List.copyOf(skills);
        }

        private boolean mayComeIn(long nowMicros) {
            return due || lastMicros == NEVER || nowMicros - lastMicros >= DAY_MICROS;
        }

        private boolean isAbout(String subject, boolean skill) {
            return skill ? !skills.isEmpty() && skills.getFirst().equals(subject) : item.equals(subject);
        }
    }

    /**
     * Why a question stands where it stands.
     *
     * @param other the item, or the skill, that it goes with
     * @param skill whether that is a skill
     */
    public record Because(Hint hint, String other, boolean skill) {}

    /**
     * A question in its place.
     *
     * @param because the hint that moved it or brought it in; null if none did
     * @param brought whether it would not be there without the hint
     */
    public record Placed(Question question, @Nullable Because because, boolean brought) {}

    /**
     * What there is room for.
     *
     * @param questions at most
     * @param seconds at most, all together; infinite if nobody counts them
     */
    public record Room(int questions, double seconds) {}

    /**
     * What the hints say.
     *
     * @param acting hints that act; those about no pair are passed over
     * @param missed what the person missed lately
     * @param bringIn whether partners come in that were not chosen; otherwise questions only move
     */
    public record Rules(List<Hint> acting, Missed missed, boolean bringIn, long nowMicros) {
        public Rules {
            acting = acting.stream().sorted(Hint.SUREST_FIRST).toList();
        }
    }

    private static final class Place {
        private final Question question;
        private @Nullable Because because;
        private boolean brought;
        /** Whether a partner was put behind it. */
        private boolean followed;

        Place(Question question) {
            this.question = question;
        }

        boolean isBound() {
            return because != null || followed || question.fixed();
        }
    }

    /** The most that may come in by hints among so many questions. */
    public static int quota(int questions) {
        return questions < 2 ? 0 : (questions + PART - 1) / PART;
    }

    /**
     * Applies hints.
     *
     * @param chosen in the order in which they would be asked without hints
     * @param others that may be asked too, the best first
     */
    public static List<Placed> of(List<Question> chosen, List<Question> others, Rules rules, Room room) {
        HintedOrder order = new HintedOrder(chosen, others, rules, room);
        order.bringForward();
        order.contrast();
        return order.places.stream()
                .map(place -> new Placed(place.question, place.because, place.brought))
                .toList();
    }

    private void bringForward() {
        int front =
                (int) places.stream().filter(place -> place.question.fixed()).count();
        for (Hint hint : rules.acting()) {
            boolean skill = hint.isPairOfSkills();
            if (hint.kind() != Hint.Kind.MISTAKE || !(skill || hint.isPairOfItems())) {
                continue;
            }
            List<String> pair = skill ? hint.skills() : hint.items();
            Set<String> missed =
                    skill ? rules.missed().skills() : rules.missed().items();
            // If both went wrong, both come up again soon anyway.
            if (missed.contains(pair.getFirst()) != missed.contains(pair.getLast())) {
                String one = missed.contains(pair.getFirst()) ? pair.getFirst() : pair.getLast();
                String other = one.equals(pair.getFirst()) ? pair.getLast() : pair.getFirst();
                front += comesForward(new Because(hint, one, skill), other, front) ? 1 : 0;
            }
        }
    }

    /** Whether a place at the front is taken by it. */
    private boolean comesForward(Because because, String subject, int front) {
        int at = indexOf(subject, because.skill());
        if (at < 0) {
            return comesIn(because, subject, front);
        }
        Place place = places.get(at);
        if (place.isBound() || at <= front) {
            return !place.isBound() && at == front;
        }
        place.because = because;
        places.remove(at);
        places.add(front, place);
        return true;
    }

    private void contrast() {
        for (Hint hint : rules.acting()) {
            if (hint.kind() != Hint.Kind.CONFUSION || !hint.isPairOfItems()) {
                continue;
            }
            int one = indexOf(hint.items().getFirst(), false);
            int two = indexOf(hint.items().getLast(), false);
            if (one >= 0 && two >= 0) {
                moveBehind(hint, Math.min(one, two), Math.max(one, two));
            } else if (one >= 0 || two >= 0) {
                Place first = places.get(Math.max(one, two));
                String partner =
                        one >= 0 ? hint.items().getLast() : hint.items().getFirst();
                if (mayBeFollowed(Math.max(one, two))) {
                    comesInBehind(hint, first, partner);
                }
            }
        }
    }

    private void moveBehind(Hint hint, int first, int second) {
        Place earlier = places.get(first);
        Place later = places.get(second);
        if (!mayBeFollowed(first)) {
            return;
        }
        if (second == first + 1) {
            // They stand so already; nothing may come between them.
            earlier.followed = true;
            return;
        }
        if (!later.isBound()) {
            places.remove(second);
            place(later, new Because(hint, earlier.question.item(), false), first + 1);
            earlier.followed = true;
        }
    }

    private void comesInBehind(Hint hint, Place first, String partner) {
        // Said beforehand, so that the one does not make room for the other.
        first.followed = true;
        first.followed = comesIn(new Because(hint, first.question.item(), false), partner, -1);
    }

    /**
     * Brings a question in.
     *
     * @param front where it is put; −1 for behind the item that it goes with
     */
    private boolean comesIn(Because because, String subject, int front) {
        if (!rules.bringIn()) {
            return false;
        }
        Question coming = others.stream()
                .filter(question -> question.isAbout(subject, because.skill()) && question.mayComeIn(rules.nowMicros()))
                .findFirst()
                .orElse(null);
        if (coming == null) {
            return false;
        }
        Set<Place> leaving = leavingFor(coming);
        int after = places.size() + 1 - (leaving == null ? 0 : leaving.size());
        if (leaving == null || brought + 1 > quota(after)) {
            return false;
        }
        places.removeAll(leaving);
        others.remove(coming);
        Place place = new Place(coming);
        place.brought = true;
        brought++;
        place(place, because, front >= 0 ? front : indexOf(because.other(), false) + 1);
        return true;
    }

    private void place(Place place, Because because, int at) {
        place.because = because;
        places.add(Math.min(at, places.size()), place);
    }

    /** Nothing is put between two that were put together, nor between those that lead the list. */
    private boolean mayBeFollowed(int index) {
        boolean ledOn =
                index + 1 < places.size() && places.get(index + 1).question.fixed();
        return !places.get(index).followed && !ledOn;
    }

    /** Those that make room for a question; null if there would not be room enough. */
    private @Nullable Set<Place> leavingFor(Question coming) {
        Set<Place> leaving = new HashSet<>();
        double seconds = coming.seconds();
        for (Place place : places) {
            seconds += place.question.seconds();
        }
        int count = places.size() + 1;
        for (boolean due : new boolean[] {false, true}) {
            for (int i = places.size() - 1; i >= 0 && (count > room.questions() || seconds > room.seconds()); i--) {
                Place place = places.get(i);
                boolean mayLeave = place.question.due() ? coming.due() && leaving.isEmpty() : !due;
                if (place.question.due() == due && !place.isBound() && mayLeave) {
                    leaving.add(place);
                    count--;
                    seconds -= place.question.seconds();
                }
            }
        }
        return count > room.questions() || seconds > room.seconds() ? null : leaving;
    }

    private int indexOf(String subject, boolean skill) {
        for (int i = 0; i < places.size(); i++) {
            if (Objects.requireNonNull(places.get(i)).question.isAbout(subject, skill)) {
                return i;
            }
        }
        return -1;
    }
}
