package dev.devmentor.pbml.share;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.pbml.engine.template.MessageMask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "error: cannot find symbol (Basket.java) | error: cannot find symbol (<*>)",
                "org.acme.Missing: user bob@example.com not found | org.acme.Missing: user <*> not found",
                "account alice locked; see ~/notes.md | account <*> locked; see <*>",
                "key \"Alice Smith\" missing | key <*> missing",
                "no entry named 'Alice Smith' here | no entry named <*> here",
                "a.b.C: user=alice name=Bob | a.b.C: user=<*> name=<*>",
                "password: hunter bad | password: <*> bad",
                "open C:\\Users\\bob\\a.txt: denied | open <*>: denied",
                "token ghp_abcDEF123456 expired | token <*> expired",
                "can't open it, won't try | can't open it, won't try",
                "java.lang.IllegalStateException: closed | java.lang.IllegalStateException: closed",
                "answer wrong: sql, then commit code with tests | answer wrong: sql, then commit code with tests"
            })
    void takesOutWhatMayBeSomebodys(String text, String shown) {
        assertThat(PublicText.of(text, new MessageMask())).isEqualTo(shown);
    }

    @Test
    void isNeverLongerThanATitleMayBe() {
        assertThat(PublicText.of("word ".repeat(100), new MessageMask())).hasSize(300);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sql", "jpa-017", "spring-core:beans", "C++", "größe"})
    void showsPlainNames(String name) {
        assertThat(PublicText.isPlain(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bob@example.com", "src/Basket.java", "Basket.java", "", "https://x.y/z", "a\nb"})
    void hidesNamesThatAreAddressesOrFiles(String name) {
        assertThat(PublicText.isPlain(name)).isFalse();
    }
}
