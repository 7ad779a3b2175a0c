package dev.devmentor.learning.engine.fit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Which cards take part in training, by their first answer and the first interval of at least a day: rare intervals are left
 * out, for they are mostly accidents (a card found again after a year), and initial stabilities would follow them.
 *
 * <p>Source: fsrs-rs, src/dataset.rs, filter_outlier: of each first grade, up to 5 % of the cards (but 20 at least) go,
 * the rarest and longest intervals first, and then every interval with fewer than 6 cards or above 100 days (365 after
 * Easy).
 */
final class Outliers {

    /** The cards of one first grade that share their first interval. */
    private record Group(int days, List<Integer> cards) {}

    private Outliers() {}

    /** By card, whether it is kept; cards that were never answered on a later day are not. */
    static boolean[] kept(ReviewHistory history) {
        boolean[] kept = new boolean[history.cards()];
        List<TreeMap<Integer, List<Integer>>> byGrade = new ArrayList<>();
        for (int g = 0; g <= 4; g++) {
            byGrade.add(new TreeMap<>());
        }
        for (int c = 0; c < history.cards(); c++) {
            int first = firstLongTerm(history, c);
            if (first > 0) {
                byGrade.get(history.grade(history.row(c, 0)))
                        .computeIfAbsent(history.days(history.row(c, first)), days -> new ArrayList<>())
                        .add(c);
            }
        }
        for (int g = 1; g <= 4; g++) {
            List<Group> groups = new ArrayList<>();
            byGrade.get(g).forEach((days, cards) -> groups.add(new Group(days, cards)));
            groups.sort(Comparator.comparingInt((Group group) -> group.cards().size())
                    .thenComparing(Comparator.comparingInt(Group::days).reversed()));
            int total = groups.stream().mapToInt(group -> group.cards().size()).sum();
            int removed = 0;
            for (Group group : groups) {
                int size = group.cards().size();
                if (removed + size >= Math.max(20, total / 20)) {
                    if (size >= 6 && group.days() <= (g == 4 ? 365 : 100)) {
                        group.cards().forEach(card -> kept[card] = true);
                    }
                } else {
                    removed += size;
                }
            }
        }
        return kept;
    }

    /** The place of the first review on a later day; 0 if there is none, or if practice made another interval of the first. */
    static int firstLongTerm(ReviewHistory history, int card) {
        for (int i = 1; i < history.length(card); i++) {
            int row = history.row(card, i);
            if (history.days(row) > 0) {
                return history.isLongTerm(row) ? i : 0;
            }
        }
        return 0;
    }
}
