package dev.devmentor.learning.plan;

import dev.devmentor.kit.http.PageCursor;
import dev.devmentor.kit.http.QueryNumber;
import dev.devmentor.kit.identity.Caller;
import dev.devmentor.kit.time.Micros;
import dev.devmentor.learning.bank.Skill;
import dev.devmentor.learning.card.Card;
import dev.devmentor.learning.card.CardTable;
import dev.devmentor.learning.engine.plan.Leech;
import dev.devmentor.learning.engine.plan.Leech.Prerequisite;
import dev.devmentor.learning.engine.plan.PlannedCard;
import dev.devmentor.learning.learner.Learner;
import dev.devmentor.learning.learner.Learners;
import dev.devmentor.learning.learner.Preferences;
import dev.devmentor.learning.note.NoteTable;
import dev.devmentor.learning.quiz.ShippedBank;
import io.agroal.api.AgroalDataSource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The caller's leeches: cards that are forgotten again and again, and what may help. */
@Path("/api/learning/leeches")
@RolesAllowed(Caller.LEARNER)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Cards")
public class LeechResource {
    private static final int LARGEST_PAGE = 100;
    private static final int HIGHEST_THRESHOLD = 99;
    private static final Comparator<PlannedCard> ORDER =
            Comparator.comparingInt(PlannedCard::lapses).reversed().thenComparing(PlannedCard::item);

    private final Caller caller;
    private final Learners learners;
    private final CardTable cards;
    private final NoteTable notes;
    private final SiblingGroups groups;
    private final ShippedBank bank;
    private final AgroalDataSource dataSource;
    private final Clock clock;

    LeechResource(
            Caller caller,
            Learners learners,
            CardTable cards,
            NoteTable notes,
            SiblingGroups groups,
            ShippedBank bank,
            AgroalDataSource dataSource,
            Clock clock) {
        this.caller = caller;
        this.learners = learners;
        this.cards = cards;
        this.notes = notes;
        this.groups = groups;
        this.bank = bank;
        this.dataSource = dataSource;
        this.clock = clock;
    }

    @GET
    @Operation(
            summary = "Cards that are forgotten again and again, and what may help",
            description = "Cards with at least so many lapses, most first, suspended ones too. What may help is advice:"
                    + " nothing is done by asking.")
    public LeechView.Page leeches(
            @Parameter(
                            description = "lapses that make a leech, 1 to 99; the learner's setting if absent",
                            example = "8")
                    @QueryParam("threshold")
                    @Nullable String threshold,
            @Parameter(description = "1 to 100", example = "20") @QueryParam("limit") @DefaultValue("20") String limit,
            @Parameter(description = "'next' of the page before", example = "OTpzcWwtam9pbnMtMQ")
                    @QueryParam("cursor")
                    @Nullable String cursor)
            throws SQLException {
        int asked = threshold == null ? 0 : QueryNumber.parse("threshold", threshold, 1, HIGHEST_THRESHOLD);
        int size = QueryNumber.parse("limit", limit, 1, LARGEST_PAGE);
        Position after = cursor == null ? null : Position.decode(cursor);
        try (Connection connection = dataSource.getConnection()) {
            Learner learner = learners.find(connection, caller.id());
            if (learner == null) {
                int usual = asked == 0 ? Preferences.DEFAULT.leechThreshold() : asked;
                return new LeechView.Page(usual, 0, List.of(), null);
            }
            int least = asked == 0 ? learner.preferences().leechThreshold() : asked;
            return page(connection, learner, least, size, after);
        }
    }

    private LeechView.Page page(
            Connection connection, Learner learner, int threshold, int size, @Nullable Position after)
            throws SQLException {
        Map<String, String> groupOf = groups.of(connection, learner.id());
        PlannedCards planned = new PlannedCards(
                cards.ofLearner(connection, learner.id()),
                learner.settings(),
                learner.models(),
                groupOf,
                Micros.of(clock.instant()),
                PlannedCards.Suspended.INCLUDED);
        List<PlannedCard> leeches = planned.all().stream()
                .filter(card -> Leech.is(card.lapses(), threshold))
                .sorted(ORDER)
                .toList();
        List<PlannedCard> rest = leeches.stream()
                .filter(card -> after == null || after.isBefore(card))
                .toList();
        List<PlannedCard> page = rest.subList(0, Math.min(size, rest.size()));
        Map<String, Integer> groupSizes = new HashMap<>();
        planned.all().forEach(card -> groupSizes.merge(card.group(), 1, Integer::sum));
        Map<String, Double> recall = planned.recallBySkill();
        Map<String, String> titles = notes.titles(
                connection, learner.id(), page.stream().map(PlannedCard::item).toList());
        List<LeechView> views = new ArrayList<>();
        for (PlannedCard card : page) {
            int siblings = groupSizes.getOrDefault(card.group(), 1) - 1;
            List<Leech.Advice> advice =
                    Leech.advice(card, threshold, prerequisites(card, recall), siblings, planned.today());
            views.add(show(card, planned, titles.get(card.item()), threshold, advice));
        }
        String next = rest.size() > page.size()
                ? new Position(page.getLast().lapses(), page.getLast().item()).encode()
                : null;
        return new LeechView.Page(threshold, leeches.size(), views, next);
    }

    /** Skills that the card's own build on and of which the learner has cards, with the mean recall of these. */
    private List<Prerequisite> prerequisites(PlannedCard card, Map<String, Double> recall) {
        Map<String, Prerequisite> found = new TreeMap<>();
        for (String skill : card.skills()) {
            Skill known = bank.get().skill(skill);
            for (String before : known == null ? List.<String>of() : known.prerequisites()) {
                Double mean = recall.get(before);
                if (mean != null && !card.skills().contains(before)) {
                    found.put(before, new Prerequisite(before, mean));
                }
            }
        }
        return List.copyOf(found.values());
    }

    private static LeechView show(
            PlannedCard card, PlannedCards planned, @Nullable String title, int threshold, List<Leech.Advice> advice) {
        Card stored = planned.card(card);
        return new LeechView(
                card.item(),
                title,
                card.skills(),
                card.lapses(),
                card.reviews(),
                Leech.reports(card.lapses(), threshold),
                Double.isNaN(card.difficulty()) ? null : card.difficulty(),
                card.recallOn(planned.today()),
                stored.state().suspended(),
                advice.stream()
                        .map(each -> new LeechView.Advice(
                                each.remedy().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                                each.reason(),
                                each.skill().isEmpty() ? null : each.skill()))
                        .toList());
    }

    /** Where a page ended. */
    private record Position(int lapses, String item) {
        boolean isBefore(PlannedCard card) {
            return card.lapses() < lapses
                    || (card.lapses() == lapses && card.item().compareTo(item) > 0);
        }

        String encode() {
            return PageCursor.encode(lapses, item);
        }

        static Position decode(String text) {
            return PageCursor.decode(text, 2, parts -> new Position(Integer.parseInt(parts[0]), parts[1]));
        }
    }
}
