package dev.devmentor.cli.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.cli.learning.LearningApi;
import org.junit.jupiter.api.Test;

class FileImportTest {
    @Test
    void anImportIsToldInAFewLines() {
        String text = FileImport.describe(LearningApi.parse("""
                {"id":"i","state":"done","dryRun":false,
                 "found":{"format":"Anki (collection.anki21b, version 18)","decksTotal":2,"cards":1180,"reviews":4321,
                          "media":["heap.png"]},
                 "sent":5500,"applied":5500,"recorded":7,"alreadyThere":1,
                 "leftOut":{"media (pictures and recordings)":1},"badLines":["line 4: front is empty"]}"""));

        assertThat(text).isEqualTo("""
                Anki (collection.anki21b, version 18): 1 180 cards, 4 321 reviews in 2 decks
                5 500 events went through Kafka, 5 500 of them are in the log; 7 further entries were recorded, 1 were there already
                left out: 1 media (pictures and recordings)
                line 4: front is empty
                left out: heap.png
                """);
    }

    @Test
    void aDryRunTellsOnlyWhatTheFileHas() {
        assertThat(
                        FileImport.describe(
                                LearningApi.parse(
                                        "{\"state\":\"done\",\"dryRun\":true,\"found\":{\"format\":\"CSV, cards\",\"cards\":3,\"reviews\":0},\"leftOut\":{}}")))
                .isEqualTo("CSV, cards: 3 cards, 0 reviews\n");
    }
}
