package dev.devmentor.learning.transfer;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How far an import is. Written by the thread that imports. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
final class Counts {
    private static final int MOST_LINES = 100;

    public long total;
    public long read;
    public long sent;
    public long alreadyThere;
    public long applied;
    public long recorded;
    public @Nullable Integer shiftDays;
    public Map<String, Long> leftOut = new LinkedHashMap<>();
    public List<String> badLines = new ArrayList<>();
    public @Nullable String error;

    void leaveOut(String reason, long count) {
        if (count > 0) {
            leftOut.merge(reason, count, Long::sum);
        }
    }

    void badLine(long line, String reason) {
        leaveOut("lines that cannot be read", 1);
        if (badLines.size() < MOST_LINES) {
            badLines.add("line " + line + ": " + reason);
        }
    }
}
