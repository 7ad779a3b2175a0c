package dev.devmentor.pbml.engine.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AlphabetTest {

    @Test
    void numbersTextsInTheOrderOfTheirFirstAppearance() {
        Alphabet alphabet = new Alphabet(10);
        assertThat(alphabet.add("commit")).isEqualTo(1);
        assertThat(alphabet.add("test")).isEqualTo(2);
        assertThat(alphabet.add("commit")).isEqualTo(1);
        assertThat(alphabet.find("test")).isEqualTo(2);
        assertThat(alphabet.find("push")).isEqualTo(Alphabet.OTHER);
        assertThat(alphabet.text(2)).isEqualTo("test");
    }

    @Test
    void whatComesWhenItIsFullSharesANumber() {
        Alphabet alphabet = new Alphabet(1);
        alphabet.add("commit");
        assertThat(alphabet.add("test")).isEqualTo(Alphabet.OTHER);
        assertThat(alphabet.add("commit")).isEqualTo(1);
        assertThat(alphabet.size()).isEqualTo(1);
    }

    @Test
    void aRestoredAlphabetKnowsTheSameNumbers() {
        Alphabet alphabet = new Alphabet(2);
        alphabet.add("build");
        alphabet.add("прогон");
        Alphabet restored = Alphabet.restore(alphabet.snapshot());
        assertThat(restored.find("прогон")).isEqualTo(2);
        assertThat(restored.add("third")).isEqualTo(Alphabet.OTHER);
        assertThat(restored.snapshot()).isEqualTo(alphabet.snapshot());
    }

    @Test
    void whatNoSnapshotCouldHoldHasNoNumberOfItsOwn() {
        Alphabet alphabet = new Alphabet(10);
        assertThat(alphabet.add("\ud800")).isEqualTo(Alphabet.OTHER);
        assertThat(alphabet.add("x".repeat(1_025))).isEqualTo(Alphabet.OTHER);
        assertThat(alphabet.add("x".repeat(1_024))).isEqualTo(1);
        assertThat(alphabet.add("\ud83d\ude00")).isEqualTo(2);
        assertThat(Alphabet.restore(alphabet.snapshot()).snapshot()).isEqualTo(alphabet.snapshot());
    }
}
