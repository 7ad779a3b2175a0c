package dev.devmentor.fuzz;

import java.util.List;

/** All targets. */
final class Targets {
    static final List<Target> ALL = List.of(
            new TemplateTarget(),
            new MaskTarget(),
            new AssemblerTarget(),
            new TraceTarget("java-traces", TraceTarget.JAVA),
            new TraceTarget("javascript-traces", TraceTarget.JAVASCRIPT),
            new TraceTarget("python-traces", TraceTarget.PYTHON),
            new TraceTarget("go-traces", TraceTarget.GO),
            new RelatedTarget(),
            new SnapshotTarget(),
            new EventTarget());

    private Targets() {}

    static Target named(String name) {
        for (Target target : ALL) {
            if (target.name().equals(name)) {
                return target;
            }
        }
        throw new IllegalArgumentException("no target " + name + ", known are " + names());
    }

    static String names() {
        return String.join(", ", ALL.stream().map(Target::name).toList());
    }
}
