package dev.devmentor.bench.events;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** CPU time of processes by /proc, in seconds since their start. */
final class CpuTime {
    /** USER_HZ, which is 100 on every Linux that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private CpuTime() {}

    /** User and system time of a process, its children that live, and its children that ended. */
    static double ofTree(long pid) {
        double ended = ticks(pid, true);
        try (Stream<ProcessHandle> children =
                ProcessHandle.of(pid).map(ProcessHandle::descendants).orElseGet(Stream::empty)) {
            return (ended
                            + children.mapToDouble(child -> ticks(child.pid(), true))
                                    .sum())
                    / TICKS_PER_SECOND;
        }
    }

    /** User and system time by group of threads: name without its number. */
    static Map<String, Double> byThread(long pid) {
        Map<String, Double> seconds = new TreeMap<>();
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc", String.valueOf(pid), "task"))) {
            for (Path thread : threads) {
                try {
                    String stat = Files.readString(thread.resolve("stat"));
                    String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
                    String[] fields = stat.substring(stat.lastIndexOf(") ") + 2).split(" ");
                    double ticks = Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
                    seconds.merge(name.replaceAll("[-0-9]+$", ""), ticks / TICKS_PER_SECOND, Double::sum);
                } catch (IOException ended) {
                    continue;
                }
            }
        } catch (IOException gone) {
            return seconds;
        }
        return seconds;
    }

    /** Microseconds per event of the groups that took more than next to nothing. */
    static String perEvent(Map<String, Double> before, Map<String, Double> after, long events) {
        Map<Double, String> parts = new TreeMap<>(Comparator.reverseOrder());
        after.forEach((name, seconds) -> parts.put((seconds - before.getOrDefault(name, 0.0)) * 1e6 / events, name));
        return parts.entrySet().stream()
                .filter(part -> part.getKey() > 0.05)
                .map(part -> String.format(Locale.ROOT, "%s %.1f", part.getValue(), part.getKey()))
                .collect(Collectors.joining(", "));
    }

    private static double ticks(long pid, boolean withEndedChildren) {
        try {
            String stat = new String(
                    Files.readAllBytes(Path.of("/proc", String.valueOf(pid), "stat")), StandardCharsets.UTF_8);
            String[] fields = stat.substring(stat.lastIndexOf(") ") + 2).split(" ");
            // proc(5): utime, stime, cutime, cstime are fields 14 to 17; fields[0] here is field 3.
            double own = Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
            return withEndedChildren ? own + Double.parseDouble(fields[13]) + Double.parseDouble(fields[14]) : own;
        } catch (IOException gone) {
            return 0;
        }
    }
}
