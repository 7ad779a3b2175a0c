package dev.devmentor.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PasswordRulesTest {
    private final PasswordRules rules = new PasswordRules(CommonPasswords.bundled());

    private String refusal(String password) {
        return rules.refusal(password, List.of("devmentor", "anna.kern", "Anna", "Kern"));
    }

    @Test
    void refusesWhatEverybodyGuesses() {
        assertThat(List.of(
                        "Password2026!",
                        "P@ssword2026!",
                        "p4$$w0rd1234",
                        "!!!Passw0rd!!!",
                        "iloveyou123456",
                        "sunshine-2026",
                        "dragonmonkey1",
                        "letmein.letmein",
                        "Football 2026",
                        "trustno1trustno1",
                        "charlie!!2025",
                        "qwerty-password",
                        "correct horse battery staple",
                        "CorrectHorseBatteryStaple!",
                        "To be, or not to be",
                        "may the force be with you",
                        "thisismypassword1",
                        "pässwörd1234"))
                .allSatisfy(password -> assertThat(refusal(password))
                        .describedAs(password)
                        .isEqualTo("the password is one that many people have, or nearly"));
    }

    @Test
    void refusesRowsAndRepetitions() {
        assertThat(List.of(
                        "abcdefghijklmn",
                        "qwertyuiop[]",
                        "123456789012345",
                        "1qaz2wsx3edc4rfv",
                        "zyxwvutsrqponm",
                        "asdfghjkl12345"))
                .allSatisfy(password -> assertThat(refusal(password))
                        .describedAs(password)
                        .isEqualTo("the password is a row of neighbouring characters"));
        assertThat(List.of("aaaaaaaaaaaaaa", "abababababab", "xk7qxk7qxk7q", "aaaabbbbccccdddd"))
                .allSatisfy(password ->
                        assertThat(refusal(password)).describedAs(password).isEqualTo("the password repeats itself"));
    }

    @Test
    void refusesNames() {
        assertThat(List.of(
                        "anna.kern/violet",
                        "xxANNAvioletorbit",
                        "my-DevMentor-login",
                        "d3vm3nt0r&violet",
                        "violet4nnaorbit"))
                .allSatisfy(password -> assertThat(refusal(password))
                        .describedAs(password)
                        .isEqualTo("the password contains your name, your address or ours"));
    }

    @Test
    void refusesWhatIsTooShortOrTooLong() {
        assertThat(refusal("kT9#vLq2$xP")).isEqualTo("the password has fewer than 12 characters");
        assertThat(refusal("kT9#vLq2$xPz")).isNull();
        Random random = new Random(1);
        String longest = random.ints(256, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        assertThat(refusal(longest)).isNull();
        assertThat(refusal(longest + "x")).isEqualTo("the password has more than 256 characters");
        // Characters, not the halves that Java stores them in.
        assertThat(refusal("😀🦊🌍🎲🧩🪁")).isEqualTo("the password has fewer than 12 characters");
        assertThat(refusal("violet\0orbit\0lamp")).isNotNull();
    }

    @Test
    void takesPassphrasesAndRandomOnes() {
        assertThat(List.of(
                        "correct violin battery spoon",
                        "violet orbit lamp",
                        "Der Zug fährt um halb neun",
                        "u8!mZ#2qLw0e",
                        "ключ от старого сарая",
                        "9b1f7c3e-55aa-4e0d-8c1b-2f6c7d8e9a0b"))
                .allSatisfy(password ->
                        assertThat(refusal(password)).describedAs(password).isNull());
    }

    @Test
    void nearlyAllRandomOnesAreTaken() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            String password = random.ints(12, '!', '~' + 1)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            assertThat(refusal(password)).describedAs(password).isNull();
        }
    }

    @Test
    void theListIsWhole() {
        CommonPasswords common = CommonPasswords.bundled();
        assertThat(common.size()).isEqualTo(49_193);
        assertThat(List.of("password", "123456", "qwerty", "dragon", "trustno1"))
                .allMatch(common::contains);
        assertThat(common.contains("")).isFalse();
        assertThat(common.contains("zzzzzzzzzzzzzzz~")).isFalse();
        assertThat(common.contains("!")).isFalse();
    }
}
