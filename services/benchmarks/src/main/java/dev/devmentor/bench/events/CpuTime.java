package dev.devmentor.bench.events;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
            return (ended + children.mapToDouble(child -> ticks(child.pid(), true)).sum()) / TICKS_PER_SECOND;
        }
    }

    private static double ticks(long pid, boolean withEndedChildren) {
        try {
            String stat = new String(
                    Files.readAllBytes(Path.of("/proc", String.valueOf(pid), "stat")), StandardCharsets.UTF_8);
            String[] fields = stat.substring(stat.lastIndexOf(") ") + 2).split(" ");
            // proc(5): utime, stime, cutime, cstime are fields 14 to 17; fields[0] here is field 3.
            double own = Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
            return withEndedChildren
                    ? own + Double.parseDouble(fields[13]) + Double.parseDouble(fields[14])
                    : own;
        } catch (IOException gone) {
            return 0;
        }
    }
}
