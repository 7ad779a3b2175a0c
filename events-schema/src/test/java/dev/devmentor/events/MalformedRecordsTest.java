package dev.devmentor.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class MalformedRecordsTest {
    private static final Set<Reason> OF_A_SERVICE =
            EnumSet.of(Reason.TIME_IN_FUTURE, Reason.CONFLICTING_DUPLICATE, Reason.PROCESSING_FAILED);

    private final List<MalformedRecord> records = MalformedRecords.all();

    @Test
    void thereAreAThousandKindsAndNoTwoShareAName() {
        Set<String> names = new TreeSet<>();
        assertThat(records)
                .allSatisfy(record ->
                        assertThat(names.add(record.name())).as(record.name()).isTrue());
        assertThat(names).hasSizeGreaterThanOrEqualTo(1_000);
    }

    @Test
    void theyAreListedByName() throws IOException {
        StringBuilder list = new StringBuilder();
        for (MalformedRecord record : records) {
            list.append(record.reason().code())
                    .append(": ")
                    .append(record.name())
                    .append('\n');
        }
        Repository.assertGenerated(
                Repository.root().resolve("events-schema/examples/malformed-records.txt"), list.toString());
    }

    @Test
    void eachIsRefusedForItsReason() {
        EventDecoder decoder = new EventDecoder();
        List<String> wrong = new ArrayList<>();
        for (MalformedRecord record : records) {
            Decoded<QuizAnswered> decoded = decoder.decode(EventTypes.QUIZ_ANSWERED, record.lookup(), record.value());
            if (!(decoded instanceof Decoded.Rejected<QuizAnswered>(Reason reason, String detail))) {
                wrong.add(record.name() + " was accepted");
            } else if (reason != record.reason()) {
                wrong.add(record.name() + " was refused as " + reason.code() + " (" + detail + ")");
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyReasonThatADecoderGivesIsAmongThem() {
        assertThat(records.stream().map(MalformedRecord::reason).collect(Collectors.toSet()))
                .isEqualTo(EnumSet.complementOf(EnumSet.copyOf(OF_A_SERVICE)));
    }

    @Test
    void noneOfThemSpoilsTheDecoderForTheGoodOnesBetween() {
        EventDecoder decoder = new EventDecoder();
        for (MalformedRecord record : records) {
            decoder.decode(EventTypes.QUIZ_ANSWERED, record.lookup(), record.value());
            assertThat(decoder.decode(
                            EventTypes.QUIZ_ANSWERED,
                            MalformedRecords.goodHeaders("e-2")::get,
                            MalformedRecords.goodValue("a-2", "learner-2")))
                    .as("after: %s", record.name())
                    .isInstanceOf(Decoded.Accepted.class);
        }
    }

    @Test
    void noDetailRepeatsWhatTheRecordSays() {
        EventDecoder decoder = new EventDecoder();
        for (MalformedRecord record : records) {
            if (decoder.decode(EventTypes.QUIZ_ANSWERED, record.lookup(), record.value())
                    instanceof Decoded.Rejected<QuizAnswered>(Reason reason, String detail)) {
                assertThat(detail).as(reason.code()).isNotBlank().hasSizeLessThan(200);
                assertThat(detail).doesNotContain("a-1", "learner-1", "java-streams-7", "Berlin", "producer.example");
            }
        }
    }
}
