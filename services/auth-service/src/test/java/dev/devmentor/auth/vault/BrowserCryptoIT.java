package dev.devmentor.auth.vault;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import dev.devmentor.auth.AuthIT;
import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.token.TokenAnswer;
import dev.devmentor.clientcrypto.EntryText;
import dev.devmentor.clientcrypto.Fingerprint;
import dev.devmentor.clientcrypto.KdfParams;
import dev.devmentor.clientcrypto.MasterKey;
import dev.devmentor.clientcrypto.Vault;
import dev.devmentor.clientcrypto.VaultClient;
import dev.devmentor.clientcrypto.VaultClient.Received;
import dev.devmentor.clientcrypto.ZeroKnowledgeLogin;
import dev.devmentor.clientcrypto.ZeroKnowledgeLogin.LoggedIn;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The modules that browsers load, run by Node, which has the same Web Crypto. */
@QuarkusTest
class BrowserCryptoIT extends AuthIT {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String PASSWORD = "zwölf Boxkämpfer";
    private static final String NEXT_PASSWORD = "jagen Viktor quer";
    private static final Path MODULES = Path.of("src/main/resources/META-INF/resources/auth");
    private static final Path TESTS = Path.of("src/test/js");

    @TempDir
    Path directory;

    @Test
    void theModulesAgreeWithTheVectorsOfTheDocument() throws Exception {
        Path vectors = Path.of(System.getProperty("devmentor.root", "../.."))
                .resolve("services/client-crypto/src/test/resources/zero-knowledge/vectors.json");

        node("vectors.test.js", Map.of("VECTORS", vectors.toAbsolutePath().toString()));
    }

    @Test
    void theMeterOfPasswordsSaysNoMoreThanItKnows() throws Exception {
        node("password-field.test.js", Map.of());
    }

    @Test
    void browserAndCommandLineOpenWhatTheOtherHasMade() throws Exception {
        Account ann = person("ann");
        KdfParams kdf = KdfParams.fresh(RANDOM);
        MasterKey key = MasterKey.derive(PASSWORD.toCharArray(), kdf);
        TokenAnswer tokens = signedIn(ann);
        as(tokens)
                .body(ZeroKnowledgeLogin.parameters(key, kdf))
                .post("/api/auth/srp/register")
                .then()
                .statusCode(204);
        VaultClient client = VaultPerson.client(tokens, new VaultPerson.Memory());
        Vault vault = client.setUp(key, kdf).vault();
        client.add(
                vault,
                new EntryText("Made by Java", List.of("größe"), "ada", "s3cr€t", "https://example.org", "two\nlines"));
        VaultPerson bob = withVault("bob");
        VaultClient.Opened shared = bob.client().add(bob.vault(), EntryText.of("Bob's", "from Java"));
        bob.client().share(bob.vault(), shared, bob.client().person(ann.email()));
        Account ordinary = person("ordinary");

        node(
                "server.test.js",
                Map.of(
                        "BASE", "http://127.0.0.1:" + RestAssured.port,
                        "EMAIL", ann.email(),
                        "PASSWORD", PASSWORD,
                        "NEXT_PASSWORD", NEXT_PASSWORD,
                        "OTHER_EMAIL", bob.account().email(),
                        "OTHER_FINGERPRINT", Fingerprint.of(bob.vault().keys().publicKey()),
                        "ORDINARY_EMAIL", ordinary.email(),
                        "ORDINARY_TOKEN", signedIn(ordinary).accessToken()));

        LoggedIn again =
                new ZeroKnowledgeLogin(new RecordingHttp(), RANDOM).login(ann.email(), NEXT_PASSWORD.toCharArray());
        VaultClient elsewhere =
                new VaultClient(new RecordingHttp(), again::accessToken, new VaultPerson.Memory(), RANDOM);
        List<EntryText> texts = elsewhere.list(elsewhere.unlock(again.key())).stream()
                .map(VaultClient.Opened::text)
                .toList();
        assertThat(texts)
                .containsExactlyInAnyOrder(
                        new EntryText(
                                "Made by Java",
                                List.of("größe"),
                                "ada",
                                "s3cr€t",
                                "https://example.org",
                                "changed by JavaScript"),
                        EntryText.of("Made by JavaScript", "π"));
        Received offer = bob.client().received().getFirst();
        bob.client().accept(bob.vault(), offer);
        assertThat(bob.client().read(bob.vault(), bob.client().received().getFirst()))
                .isEqualTo(EntryText.of("Made by JavaScript", "π"));
    }

    @Test
    void thePageRunsNoScriptThatStandsInIt() throws Exception {
        given().get("/auth/vault")
                .then()
                .statusCode(200)
                .header("Content-Security-Policy", containsString("script-src 'self'"))
                .header("Content-Security-Policy", not(containsString("unsafe")))
                .header("Content-Security-Policy", containsString("frame-ancestors 'none'"));
        String page = Files.readString(MODULES.resolve("vault.html"));
        assertThat(page)
                .doesNotContainPattern("<script(?![^>]*\\bsrc=)")
                .doesNotContainPattern("\\son[a-z]+=")
                .doesNotContain("<style", "style=", "javascript:");
        try (Stream<Path> files = Files.list(MODULES)) {
            for (Path file : files.toList()) {
                assertThat(Files.readString(file))
                        .as(file.toString())
                        .doesNotContain("innerHTML", "eval(", "document.write");
            }
        }
        for (String module : List.of(
                "style.css",
                "vault.js",
                "vault-client.js",
                "vault-crypto.js",
                "srp.js",
                "master-key.js",
                "encoding.js")) {
            given().get("/auth/" + module).then().statusCode(200);
        }
    }

    private VaultPerson withVault(String name) throws Exception {
        Account account = person(name);
        return VaultPerson.of(account, signedIn(account));
    }

    private void node(String test, Map<String, String> environment) throws IOException, InterruptedException {
        copy(MODULES, directory.resolve("auth"), ".js");
        copy(TESTS, directory, ".js");
        Files.writeString(directory.resolve("package.json"), "{\"type\":\"module\"}");
        Path out = directory.resolve("out.txt");
        ProcessBuilder builder = new ProcessBuilder("node", "--test", test)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(120, TimeUnit.SECONDS);
        process.destroyForcibly();

        String said = Files.readString(out, StandardCharsets.UTF_8);
        assertThat(ended).as(said).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said).contains("# fail 0").doesNotContain("# pass 0");
    }

    private static void copy(Path from, Path to, String ending) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(it -> it.toString().endsWith(ending)).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
