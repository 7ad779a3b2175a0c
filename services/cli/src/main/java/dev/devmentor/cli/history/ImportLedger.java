package dev.devmentor.cli.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.cli.platform.Home;
import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.parts.PrivateFiles;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * By how many days each import was moved, and what the learner had before. A repeat has to move by the same, or it would
 * say something else under the same ids. Written before the first event is sent.
 */
final class ImportLedger {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;

    ImportLedger(Home home) {
        this.file = home.data().resolve("imports.json");
    }

    /**
     * What is remembered of one import.
     *
     * @param applied whether the service was seen to have applied all of it
     * @param answersBefore how many answers the learner had before the first event of it was sent; a repeat cannot tell
     *     them from the import's own any more. Empty where nobody could say, and in entries of earlier builds
     */
    record Entry(long shiftDays, boolean applied, OptionalLong answersBefore) {
        Entry seenApplied() {
            return new Entry(shiftDays, true, answersBefore);
        }
    }

    Optional<Entry> find(String source) {
        JsonNode entry = read().path(source);
        if (entry.isMissingNode()) {
            return Optional.empty();
        }
        JsonNode answersBefore = entry.path("answersBefore");
        return Optional.of(new Entry(
                entry.path("shiftDays").asLong(),
                entry.path("applied").asBoolean(),
                answersBefore.isNumber() ? OptionalLong.of(answersBefore.asLong()) : OptionalLong.empty()));
    }

    void write(String source, String what, Entry entry) {
        ObjectNode all = read();
        ObjectNode fresh = all.putObject(source);
        fresh.put("what", what);
        fresh.put("shiftDays", entry.shiftDays());
        fresh.put("applied", entry.applied());
        entry.answersBefore().ifPresent(answers -> fresh.put("answersBefore", answers));
        PrivateFiles.write(file, all.toPrettyString() + "\n");
    }

    private ObjectNode read() {
        String text = PrivateFiles.readOrNull(file);
        if (text == null) {
            return JSON.createObjectNode();
        }
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException | ClassCastException e) {
            throw new Failed(file + " is damaged; it says by how many days imports were moved", e);
        }
    }
}
