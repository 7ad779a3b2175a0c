package dev.devmentor.fuzz;

import static dev.devmentor.fuzz.Cost.promise;

import dev.devmentor.pbml.engine.trace.Entry;
import dev.devmentor.pbml.engine.trace.LineAssembler;
import dev.devmentor.pbml.engine.trace.StackTraces;
import dev.devmentor.pbml.engine.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A log with stack traces in it. */
final class AssemblerTarget implements Target {

    @Override
    public String name() {
        return "assembler";
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (String trace : List.of(TraceTarget.JAVA, TraceTarget.JAVASCRIPT, TraceTarget.PYTHON, TraceTarget.GO)) {
            seeds.add(Texts.seed('I', "NFO before\n" + trace + "INFO after\n"));
        }
        seeds.add(Texts.seed('p', "anic: 1\n\n\npanic: 2\na.BException: x\n\n\n\tat a.B.c(B.java:1) {\n}\n"));
        return seeds;
    }

    @Override
    public void accept(byte[] input) {
        List<String> lines = Texts.lines(Texts.of(input, 0));
        List<Entry> entries = new ArrayList<>();
        Cost.withinTime(input.length, () -> {
            entries.clear();
            LineAssembler assembler = new LineAssembler();
            for (String line : lines) {
                entries.addAll(assembler.accept(line));
            }
            entries.addAll(assembler.flush());
        });
        StringBuilder out = new StringBuilder();
        for (Entry entry : entries) {
            switch (entry) {
                case Entry.Line line -> out.append(line.text()).append('\n');
                case Entry.Traced traced -> {
                    out.append(traced.text()).append('\n');
                    Optional<Trace> read = StackTraces.parse(traced.text());
                    promise(read.equals(Optional.of(traced.trace())), "a trace is that of its text");
                }
            }
        }
        if (lines.size() <= LineAssembler.LINES && input.length <= Cost.LENGTH) {
            promise(
                    out.toString().equals(String.join("\n", lines) + '\n'),
                    "each line comes out once and in its order");
        }
    }
}
