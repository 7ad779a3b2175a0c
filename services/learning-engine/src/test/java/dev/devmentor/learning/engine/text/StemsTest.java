package dev.devmentor.learning.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StemsTest {
    @ParameterizedTest
    @CsvSource({
        "partition, partitions, true",
        "partition, partitioned, true",
        "query, queries, true",
        "index, indexes, true",
        "replication, replica, true",
        "broker, broken, false",
        "log, logic, false",
        "leader, follower, false",
        "record, records, true",
        "process, processes, true",
    })
    void tellsWhichEnglishWordsGiveEachOtherAway(String one, String other, boolean related) {
        assertThat(new Stems(Language.ENGLISH).areRelated(one, other)).isEqualTo(related);
        assertThat(new Stems(Language.ENGLISH).areRelated(other, one)).isEqualTo(related);
    }

    @ParameterizedTest
    @CsvSource({
        "Baum, Bäume, true",
        "Datenbank, Datenbanken, true",
        "Datenbank, Datenbankindex, true",
        "Schlüssel, Fremdschlüssel, true",
        "Tabelle, Tabellen, true",
        "Index, Isolation, false",
        "Sicht, Schicht, false",
    })
    void tellsWhichGermanWordsGiveEachOtherAway(String one, String other, boolean related) {
        assertThat(new Stems(Language.GERMAN).areRelated(one, other)).isEqualTo(related);
    }
}
