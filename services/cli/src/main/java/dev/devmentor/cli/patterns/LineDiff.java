package dev.devmentor.cli.patterns;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What differs between two texts, by lines: the longest common subsequence of what is left when equal lines at both ends are
 * taken off.
 *
 * @param added how many lines are new
 * @param removed how many lines have gone
 * @param lines the first of them in the order of the text, with {@code +} or {@code -} before each
 */
record LineDiff(int added, int removed, List<String> lines) {
    /** Lines on each side above which everything between equal ends counts as replaced. */
    private static final int COMPARED = 1_500;

    private static final int SHOWN = 12;
    private static final int WIDTH = 200;

    LineDiff {
        lines = List.copyOf(lines);
    }

    /** Empty if one of them is no text. */
    static Optional<LineDiff> of(byte[] before, byte[] after) {
        if (binary(before) || binary(after)) {
            return Optional.empty();
        }
        return Optional.of(of(lines(before), lines(after)));
    }

    private static LineDiff of(List<String> a, List<String> b) {
        int from = 0;
        while (from < a.size() && from < b.size() && a.get(from).equals(b.get(from))) {
            from++;
        }
        int endA = a.size();
        int endB = b.size();
        while (endA > from && endB > from && a.get(endA - 1).equals(b.get(endB - 1))) {
            endA--;
            endB--;
        }
        List<String> left = a.subList(from, endA);
        List<String> right = b.subList(from, endB);
        boolean small = left.size() <= COMPARED && right.size() <= COMPARED;
        int[][] common = small ? common(left, right) : new int[0][0];
        List<String> out = new ArrayList<>();
        int added = 0;
        int removed = 0;
        int i = 0;
        int j = 0;
        while (i < left.size() || j < right.size()) {
            if (small && i < left.size() && j < right.size() && left.get(i).equals(right.get(j))) {
                i++;
                j++;
            } else if (i < left.size() && (j == right.size() || !small || common[i + 1][j] >= common[i][j + 1])) {
                removed++;
                show(out, "-", left.get(i++));
            } else {
                added++;
                show(out, "+", right.get(j++));
            }
        }
        return new LineDiff(added, removed, out);
    }

    private static void show(List<String> out, String mark, String line) {
        if (out.size() < SHOWN && !line.isBlank()) {
            out.add(mark + Texts.cutEnd(AnsiText.strip(line), WIDTH));
        }
    }

    /** Length of the longest common subsequence of what follows each pair of places. */
    private static int[][] common(List<String> a, List<String> b) {
        int[][] length = new int[a.size() + 1][b.size() + 1];
        for (int i = a.size() - 1; i >= 0; i--) {
            for (int j = b.size() - 1; j >= 0; j--) {
                length[i][j] = a.get(i).equals(b.get(j))
                        ? length[i + 1][j + 1] + 1
                        : Math.max(length[i + 1][j], length[i][j + 1]);
            }
        }
        return length;
    }

    private static boolean binary(byte[] content) {
        for (int i = 0; i < Math.min(content.length, 8_000); i++) {
            if (content[i] == 0) {
                return true;
            }
        }
        return false;
    }

    private static List<String> lines(byte[] content) {
        return new String(content, StandardCharsets.UTF_8).lines().toList();
    }
}
