package dev.devmentor.auth.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for every page and every script of ours, read as files. */
class PagesTest {
    private static final Path FOLDER = Path.of(System.getProperty("devmentor.root", "../.."))
            .resolve("services/auth-service/src/main/resources/META-INF/resources/auth");
    private static final Pattern INPUT = Pattern.compile("<input[^>]*>");

    private static List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
            assertThat(found).isNotEmpty();
            return found;
        }
    }

    /**
     * The refresh token is in a cookie that no script reads, the access token in a variable. What is stored is which versions of
     * entries the vault saw, and whether the last login was zero-knowledge.
     */
    @Test
    void scriptsKeepNoToken() throws IOException {
        List<String> stored = new ArrayList<>();
        for (Path script : files(".js")) {
            String text = Files.readString(script);
            assertThat(text).as(script.toString()).doesNotContain("document.cookie", "sessionStorage", "indexedDB");
            text.lines()
                    .filter(line -> line.contains("localStorage"))
                    .map(line -> script.getFileName() + ": " + line.strip())
                    .forEach(stored::add);
        }
        assertThat(stored)
                .containsExactly(
                        "login.js: form.elements.zero.checked = localStorage.getItem(REMEMBERED) === 'yes';",
                        "login.js: localStorage.setItem(REMEMBERED, values.zero ? 'yes' : 'no');",
                        "vault.js: const client = new VaultClient(api, new Memory(localStorage));");
    }

    /** A password manager fills it in, and a password may be pasted. */
    @Test
    void passwordsMayBePastedAndComeFromAManager() throws IOException {
        int fields = 0;
        for (Path page : files(".html")) {
            String text = Files.readString(page);
            assertThat(text).as(page.toString()).doesNotContain("onpaste", "<script>");
            for (MatchResult input : INPUT.matcher(text).results().toList()) {
                if (input.group().contains("type=\"password\"")) {
                    fields++;
                    assertThat(input.group()).as(page.toString()).contains("autocomplete=");
                }
            }
        }
        assertThat(fields).isGreaterThan(8);
        for (Path script : files(".js")) {
            assertThat(Files.readString(script)).as(script.toString()).doesNotContain("'paste'", "\"paste\"");
        }
    }

    /** ASVS 2.1.12, and 2.1.8 where a new one is chosen: the script does it for every field of a page that has it. */
    @Test
    void passwordsCanBeShownWhileTheyAreTyped() throws IOException {
        int pages = 0;
        for (Path page : files(".html")) {
            String text = Files.readString(page);
            if (text.contains("type=\"password\"")) {
                pages++;
                assertThat(text)
                        .as(page.toString())
                        .contains("<script type=\"module\" src=\"/auth/password-field.js\"></script>");
            }
        }
        assertThat(pages).isEqualTo(5);
        assertThat(Files.readString(FOLDER.resolve("password-field.js")))
                .contains("document.querySelectorAll('input[type=password]:not(#entry-secret)')");
    }

    /** An app's code comes by pasting, or by what the phone suggests. */
    @Test
    void codesOfASecondFactorMayBePastedAndSuggested() throws IOException {
        for (String page : List.of("login.html", "account.html")) {
            assertThat(INPUT.matcher(Files.readString(FOLDER.resolve(page)))
                            .results()
                            .map(MatchResult::group)
                            .filter(input -> input.contains("name=\"code\"")))
                    .isNotEmpty()
                    .allMatch(input -> input.contains("autocomplete=\"one-time-code\""));
        }
    }

    /** Nothing of ours asks another server for anything. */
    @Test
    void pagesLoadNothingFromElsewhere() throws IOException {
        for (Path page : files(".html")) {
            assertThat(Files.readString(page))
                    .as(page.toString())
                    .doesNotContainPattern("(?:src|href)=\"(?:https?:)?//");
        }
    }
}
