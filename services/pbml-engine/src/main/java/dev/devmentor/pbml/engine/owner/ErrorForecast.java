package dev.devmentor.pbml.engine.owner;

import dev.devmentor.deterministic.ByteReader;
import dev.devmentor.deterministic.ByteWriter;
import dev.devmentor.pbml.engine.sequence.Alphabet;
import dev.devmentor.pbml.engine.sequence.Prediction;
import dev.devmentor.pbml.engine.sequence.SequenceMixture;
import dev.devmentor.pbml.engine.sequence.SequenceQuestion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which error comes after which files were changed: a mixture over files and errors, in the sessions of their owner. */
final class ErrorForecast {
    static final String MODEL = "likely-error";

    private static final SequenceQuestion QUESTION = new SequenceQuestion(3, 6, false);
    private static final int FILES_OF_CHANGE = 8;
    private static final int LOOKED_AT = 60;
    private static final String FILE = "f:";
    private static final String ERROR = "e:";
    private static final String GONE = "g:";

    private Alphabet alphabet;
    private SequenceMixture mixture;

    ErrorForecast(OwnerLimits limits) {
        alphabet = new Alphabet(limits.files().symbols() - 1);
        mixture = new SequenceMixture(QUESTION, limits.files());
    }

    void changed(long session, Observation.CodeChange change) {
        change.files().stream()
                .limit(FILES_OF_CHANGE)
                .forEach(file -> observe(session, symbol(change.repository(), file.path())));
    }

    private static String symbol(@Nullable String repository, String path) {
        return FILE + repository + ":" + path;
    }

    void met(long session, String pattern, boolean gone, EventKey key, Performance performance) {
        if (!gone && performance.isWanted(MODEL)) {
            List<Likely> foreseen = errors(mixture.predict(session, LOOKED_AT), 1, null);
            if (!foreseen.isEmpty()) {
                performance.judged(
                        MODEL,
                        key,
                        foreseen.getFirst().probability(),
                        foreseen.getFirst().subject().equals(pattern));
            }
        }
        observe(session, (gone ? GONE : ERROR) + pattern);
    }

    private void observe(long session, String symbol) {
        mixture.observe(session, alphabet.add(symbol));
    }

    void endSession(long session) {
        mixture.close(session);
    }

    /**
     * Errors that may come within the next three steps.
     *
     * @param files that are being changed; empty for what the running session says
     */
    List<Likely> predict(
            @Nullable Long session, String repository, List<String> files, int limit, Performance performance) {
        List<Prediction> foreseen = files.isEmpty()
                ? session == null ? List.of() : mixture.predict(session, LOOKED_AT)
                : mixture.predict(
                        files.stream()
                                .limit(FILES_OF_CHANGE)
                                .mapToInt(path -> alphabet.find(symbol(repository, path)))
                                .toArray(),
                        LOOKED_AT);
        return errors(foreseen, limit, performance);
    }

    private List<Likely> errors(List<Prediction> foreseen, int limit, @Nullable Performance performance) {
        List<Likely> errors = new ArrayList<>();
        double lowest = 1;
        for (Prediction each : foreseen) {
            String text = alphabet.text(each.symbol());
            if (text.startsWith(ERROR) && errors.size() < limit) {
                double probability =
                        performance == null ? each.probability() : performance.calibrated(MODEL, each.probability());
                lowest = Math.min(lowest, probability);
                errors.add(new Likely(
                        text.substring(ERROR.length()),
                        lowest,
                        "it came soon after in " + each.evidence().size() + " of the most similar sessions",
                        List.of(),
                        each.evidence()));
            }
        }
        return errors;
    }

    void write(ByteWriter out) {
        Bytes.write(out, alphabet.snapshot());
        Bytes.write(out, mixture.snapshot());
    }

    void read(ByteReader in) {
        alphabet = Alphabet.restore(Bytes.bytes(in));
        mixture = SequenceMixture.restore(Bytes.bytes(in));
    }
}
