package dev.devmentor.cli.patterns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.pbml.engine.template.Limits;
import dev.devmentor.pbml.engine.template.Template;
import dev.devmentor.pbml.engine.template.TemplateMiner;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The templates of a run beside those of the last whole run of the same command. */
final class Templates {
    private static final int VERSION = 1;
    private static final Limits LIMITS = new Limits(2_000, 8_000, 192, 4_096, 8L << 20);

    /** Counted ids, those of forgotten templates included, until they are looked through. */
    private static final int COUNTED = 20_000;

    private static final Pattern ERROR = Pattern.compile("\\b(?:ERROR|FATAL|SEVERE|CRITICAL)\\b|\\berror:");
    private static final Pattern WARNING = Pattern.compile("\\b(?:WARN|WARNING)\\b|\\bwarning:");
    /** What tools say of every run. */
    private static final Pattern FURNITURE = Pattern.compile(
            ".*(?:BUILD (?:SUCCESS|FAILURE|SUCCESSFUL|FAILED)|<NUMBER> errors?$|Total time:|Finished at:|--< .*"
                    + " >--|--\\[ \\w+ \\]--).*");

    private static final Pattern NO_WORDS =
            Pattern.compile("<[A-Z]+>|\\b(?:INFO|DEBUG|TRACE|WARN|WARNING|ERROR)\\b|[^\\p{L}]");
    private static final JsonMapper JSON = new JsonMapper();

    private final TemplateMiner miner;
    private final Map<Long, Long> before;
    private Map<Long, Long> counts = new HashMap<>();

    /** How a template stands to the last whole run. */
    enum Change {
        NEW,
        SAME,
        GONE
    }

    /**
     * A template.
     *
     * @param id those that came first have the lower ones
     * @param count lines of this run; of a gone one, of the last whole one
     * @param typed with the type of each variable part: {@code <NUMBER>}
     * @param severity 2 an error, 1 a warning, otherwise 0
     */
    record Row(long id, long count, String typed, Change change, int severity) {}

    private Templates(TemplateMiner miner, Map<Long, Long> before) {
        this.miner = miner;
        this.before = before;
    }

    static Templates fresh() {
        return new Templates(new TemplateMiner(LIMITS), Map.of());
    }

    /** Those that {@link #text(boolean)} was made of, and none counted yet; empty if it is no such thing. */
    static Optional<Templates> read(String text) {
        int end = text.indexOf('\n');
        try {
            JsonNode head = end < 0 ? null : JSON.readTree(text.substring(0, end));
            if (head == null || head.path("templates").asInt() != VERSION) {
                return Optional.empty();
            }
            Map<Long, Long> before = new HashMap<>();
            head.path("counts")
                    .properties()
                    .forEach(count -> before.put(
                            Long.valueOf(count.getKey()), count.getValue().asLong()));
            byte[] snapshot = Base64.getDecoder().decode(text.substring(end + 1).strip());
            return Optional.of(new Templates(TemplateMiner.restore(snapshot), before));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Optional.empty(); // of another build, or damaged: they are learnt anew
        }
    }

    /**
     * All that is to be remembered: a line of JSON with the counts, and the miner.
     *
     * @param whole whether the run came to its end; later ones are compared with the last one that did
     */
    String text(boolean whole) {
        ObjectNode head = JSON.createObjectNode().put("templates", VERSION);
        Map<Long, Long> kept = present(whole ? counts : before);
        ObjectNode all = head.putObject("counts");
        kept.forEach((id, count) -> all.put(String.valueOf(id), count));
        return head + "\n" + Base64.getEncoder().encodeToString(miner.snapshot()) + "\n";
    }

    void learn(String line) {
        if (line.isBlank()) {
            return;
        }
        counts.merge(miner.add(line).template(), 1L, Long::sum);
        if (counts.size() > COUNTED) {
            counts = present(counts);
        }
    }

    /** Counts by the template that each id stands for now; of forgotten ones nothing. */
    private Map<Long, Long> present(Map<Long, Long> of) {
        Map<Long, Long> out = new HashMap<>();
        of.forEach((id, count) -> miner.template(id).ifPresent(template -> out.merge(template.id(), count, Long::sum)));
        return out;
    }

    /** Whether there was a run to compare with. */
    boolean comparable() {
        return !before.isEmpty();
    }

    int size() {
        return counts.size();
    }

    /** The templates of this run: errors, warnings and new ones first, then the most frequent; at the end those that have gone. */
    List<Row> rows() {
        Map<Long, Long> now = present(counts);
        Map<Long, Long> then = present(before);
        List<Row> rows = new ArrayList<>();
        now.forEach((id, count) -> miner.template(id)
                .ifPresent(template -> row(template, count, then.containsKey(id) || !comparable(), rows)));
        rows.sort(Comparator.comparing(Row::change)
                .thenComparing(Comparator.comparingInt(Row::severity).reversed())
                .thenComparing(Comparator.comparingLong(Row::count).reversed())
                .thenComparing(Row::id));
        List<Row> gone = new ArrayList<>();
        then.forEach((id, count) -> {
            if (!now.containsKey(id)) {
                miner.template(id)
                        .filter(Templates::says)
                        .ifPresent(template -> gone.add(
                                new Row(id, count, template.typed(), Change.GONE, severity(template.typed()))));
            }
        });
        gone.sort(Comparator.comparingInt(Row::severity)
                .reversed()
                .thenComparing(Comparator.comparingLong(Row::count).reversed())
                .thenComparing(Row::id));
        rows.addAll(gone);
        return rows;
    }

    private static void row(Template template, long count, boolean known, List<Row> rows) {
        if (says(template)) {
            Change change = known ? Change.SAME : Change.NEW;
            rows.add(new Row(template.id(), count, template.typed(), change, severity(template.typed())));
        }
    }

    /** Lines of dashes and bare numbers say nothing. */
    private static boolean says(Template template) {
        return NO_WORDS.matcher(template.typed()).replaceAll("").length() >= 3
                && !FURNITURE.matcher(template.typed()).matches();
    }

    private static int severity(String text) {
        return ERROR.matcher(text).find() ? 2 : WARNING.matcher(text).find() ? 1 : 0;
    }
}
