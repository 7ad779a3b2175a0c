package dev.devmentor.pbml.engine.related;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathNameTest {

    @ParameterizedTest
    @CsvSource({
        "src/main/java/a/UserService.java, userservice, SOURCE, java, a/",
        "src/test/java/a/UserServiceTest.java, userservice, TEST, java, a/",
        "src/test/java/a/UserServiceIT.java, userservice, TEST, java, a/",
        "src/main/java/a/UserServiceImpl.java, userservice, SOURCE, java, a/",
        "lib/user_service.rb, userservice, SOURCE, rb, ''",
        "spec/user_service_spec.rb, userservice, TEST, rb, ''",
        "include/net/HTTPClient.hpp, httpclient, SOURCE, hpp, net/",
        "src/net/HTTPClient.cpp, httpclient, SOURCE, cpp, net/",
        "pkg/client_test.go, client, TEST, go, pkg/",
        "web/button.test.tsx, button, TEST, tsx, web/",
        "docs/guide.adoc, guide, TEXT, adoc, ''",
        "README.md, readme, TEXT, md, ''",
        "core/pom.xml, pom, BUILD, xml, core/",
        "test.py, test, TEST, py, ''",
        "i18n/messages_de.properties, messagesde, SOURCE, properties, i18n/",
        "Makefile, makefile, BUILD, '', ''",
        ".gitignore, gitignore, SOURCE, '', ''",
    })
    void readsSubjectAndRole(String path, String stem, PathName.Role role, String extension, String place) {
        PathName name = PathName.of(path);
        assertThat(name.stem()).isEqualTo(stem);
        assertThat(name.role()).isEqualTo(role);
        assertThat(name.extension()).isEqualTo(extension);
        assertThat(name.place()).isEqualTo(place);
    }

    @Test
    void cutsNamesIntoWords() {
        assertThat(PathName.of("a/HTTPServerConfig2.java").words()).containsExactly("config2", "http", "server");
        assertThat(PathName.of("a/snake_case-name.py").words()).containsExactly("case", "name", "snake");
        assertThat(PathName.of("a/ÄrgerÜber.java").words()).containsExactly("ärger", "über");
    }

    @Test
    void comparesWordsAndPlaces() {
        PathName one = PathName.of("src/main/java/org/a/RateLimiterConfig.java");
        PathName other = PathName.of("src/main/java/org/b/RateLimiter.java");
        assertThat(one.sharedWords(other)).isEqualTo(2.0 / 3, within(1e-15));
        assertThat(one.sharedSegments(other)).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({
        "''",
        "/",
        "//",
        "..",
        "../../etc/passwd",
        ".",
        "a/",
        "/a",
        "....",
        "_",
        "-.-",
        "日本語/ファイル.txt",
        "\ud83d\ude00.md"
    })
    void takesAnyPath(String path) {
        PathName name = PathName.of(path);
        assertThat(name.path()).isEqualTo(path);
        assertThat(name.sharedWords(name)).isBetween(0.0, 1.0);
    }
}
