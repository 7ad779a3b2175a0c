package dev.devmentor.cli.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.cli.terminal.TypedSecrets;
import dev.devmentor.clientcrypto.KdfParams;
import dev.devmentor.clientcrypto.MasterKey;
import dev.devmentor.clientcrypto.ZeroKnowledgeLogin;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class VaultCommandTest {
    private static final String PASSPHRASE = "zwölf Boxkämpfer jagen";
    private static final String CODE = "([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}";

    private final FakeVaults server = new FakeVaults();
    private final List<String> out = new ArrayList<>();
    private final List<String> hints = new ArrayList<>();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private record Somebody(String accessToken) implements VaultAccess.Person {
        @Override
        public String email() {
            return accessToken + "@example.org";
        }

        @Override
        public void logInAnew(ZeroKnowledgeLogin.LoggedIn login) {
            throw new AssertionError("an ordinary account proves nothing");
        }
    }

    /** Runs a command as somebody; what is asked for is answered by the lines. */
    private List<String> run(String person, String lines, VaultAction action, String... arguments) throws Exception {
        out.clear();
        hints.clear();
        new CommandLine(action).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
        action.run(new VaultAccess(
                server,
                new Somebody(person),
                TypedSecrets.lines(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8))),
                VaultCommandTest::quickly,
                new FileSeenVersions(seen(person)),
                new SecureRandom(),
                out::add,
                hints::add));
        return List.copyOf(out);
    }

    /** Not worth a name as a protection, and done in no time: how passphrases are stretched has tests of its own. */
    private static MasterKey quickly(char[] passphrase, KdfParams kdf) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(kdf.salt().getBytes(StandardCharsets.UTF_8));
            return MasterKey.of(digest.digest(new String(passphrase).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path seen(String person) {
        return directory.resolve(person).resolve("vault-seen.json");
    }

    private String setUp(String person) throws Exception {
        return run(person, PASSPHRASE + "\n", new SetUpCommand()).getFirst();
    }

    private void put(String person, String title, String secret) throws Exception {
        run(person, PASSPHRASE + "\n" + secret + "\n", new PutCommand(), title, "--user", "ada", "--tag", "work");
    }

    private List<String> unlocked(String person, VaultAction action, String... arguments) throws Exception {
        return run(person, PASSPHRASE + "\n", action, arguments);
    }

    @Test
    void saysWhatIsLostAndShowsTheRecoveryCodeAlone() throws Exception {
        assertThat(setUp("ann")).matches(CODE);
        assertThat(out).hasSize(1);
        assertThat(hints).anyMatch(line -> line.contains("everything in it is lost for good"));
        assertThatExceptionOfType(Failed.class)
                .isThrownBy(() -> setUp("ann"))
                .withMessageStartingWith("you have a vault already");
    }

    @Test
    void keepsAnEntryOfWhichTheServerReadsNothing() throws Exception {
        setUp("ann");
        put("ann", "Mail server", "s3cr€t");
        assertThat(unlocked("ann", new ListCommand()))
                .singleElement()
                .asString()
                .startsWith("Mail server  ada  work  ");
        assertThat(unlocked("ann", new GetCommand(), "mail SERVER", "--field", "secret"))
                .containsExactly("s3cr€t");
        assertThat(String.join(" ", server.bodies())).doesNotContain("s3cr", "Mail", "ada", PASSPHRASE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(seen("ann"))))
                .isEqualTo("rw-------");
    }

    @Test
    void changesOnlyWhatIsNamedAndDeletes() throws Exception {
        setUp("ann");
        Path file = Files.writeString(directory.resolve("key"), "BEGIN\nabc\nEND\n");
        unlocked("ann", new PutCommand(), "Key", "--file", file.toString(), "--note", "of the router");
        unlocked("ann", new EditCommand(), "Key", "--title", "Router key");
        assertThat(unlocked("ann", new GetCommand(), "Router key"))
                .containsExactly("title  Router key", "note   of the router", "secret:", "  BEGIN", "  abc", "  END");
        unlocked("ann", new RemoveCommand(), "Router key");
        unlocked("ann", new ListCommand());
        assertThat(out).isEmpty();
        assertThat(hints).containsExactly("the vault is empty");
    }

    @Test
    void aWrongPassphraseOpensNothing() throws Exception {
        setUp("ann");
        assertThatExceptionOfType(Failed.class)
                .isThrownBy(() -> run("ann", "another passphrase\n", new ListCommand()))
                .withMessage("this does not open the vault; nothing was sent to the server");
    }

    @Test
    void theRecoveryCodeGivesItAnotherPassphrase() throws Exception {
        String code = setUp("ann");
        put("ann", "Mail server", "s3cr€t");
        run("ann", code.toLowerCase(java.util.Locale.ROOT) + "\nanother passphrase\n", new RecoverCommand());
        assertThat(run("ann", "another passphrase\n", new GetCommand(), "Mail server", "--field", "secret"))
                .containsExactly("s3cr€t");
        String fresh =
                run("ann", "another passphrase\n", new RecoveryCodeCommand()).getFirst();
        assertThat(fresh).matches(CODE).isNotEqualTo(code);
        assertThatExceptionOfType(Failed.class)
                .isThrownBy(() -> run("ann", code + "\na third passphrase\n", new RecoverCommand()))
                .withMessage("this does not open the vault; nothing was sent to the server");
    }

    @Test
    void sharesOnlyByTheFingerprintThatWasTold() throws Exception {
        setUp("ann");
        setUp("bob");
        put("ann", "Mail server", "s3cr€t");
        String annsFingerprint = unlocked("ann", new FingerprintCommand()).getFirst();
        String bobsFingerprint = unlocked("bob", new FingerprintCommand()).getFirst();
        assertThatExceptionOfType(Failed.class)
                .isThrownBy(() -> unlocked("ann", new ShareCommand(), "Mail server", "--with", "bob@example.org"))
                .withMessageStartingWith("nothing was done");
        assertThat(hints).contains("  " + bobsFingerprint);
        assertThatExceptionOfType(Failed.class)
                .isThrownBy(() -> unlocked(
                        "ann",
                        new ShareCommand(),
                        "Mail server",
                        "--with",
                        "bob@example.org",
                        "--fingerprint",
                        annsFingerprint))
                .withMessageContaining("which is another one: nothing was done");
        unlocked(
                "ann",
                new ShareCommand(),
                "Mail server",
                "--with",
                "bob@example.org",
                "--fingerprint",
                bobsFingerprint);

        assertThat(unlocked("bob", new SharedCommand()))
                .singleElement()
                .asString()
                .startsWith("share-1  ann@example.org  (not accepted; their fingerprint: " + annsFingerprint);
        unlocked("bob", new AcceptCommand(), "share-1", "--fingerprint", annsFingerprint);
        assertThat(unlocked("bob", new SharedCommand(), "share-1", "--field", "secret"))
                .containsExactly("s3cr€t");
        assertThat(unlocked("ann", new GetCommand(), "Mail server")).endsWith("shared with bob@example.org");

        unlocked("ann", new UnshareCommand(), "Mail server", "--with", "bob@example.org");
        unlocked("bob", new SharedCommand());
        assertThat(out).isEmpty();
        assertThat(unlocked("ann", new GetCommand(), "Mail server", "--field", "secret"))
                .containsExactly("s3cr€t");
    }

    @Test
    void noticesAnOlderStateAndWhatIsGone() throws Exception {
        setUp("ann");
        put("ann", "Mail server", "old");
        String id = server.entriesOf("ann").keySet().iterator().next();
        ObjectNode old = server.entriesOf("ann").get(id).deepCopy();
        unlocked("ann", new EditCommand(), "Mail server", "--user", "bob");
        server.entriesOf("ann").put(id, old);
        assertThatExceptionOfType(Failed.class)
                .isThrownBy(() -> unlocked("ann", new GetCommand(), id))
                .withMessageStartingWith("the server gave an older version of an entry");
        unlocked("ann", new ListCommand());
        assertThat(hints).singleElement().asString().startsWith("! " + id + ": the server gave an older version");

        server.entriesOf("ann").remove(id);
        unlocked("ann", new ListCommand());
        assertThat(hints).anyMatch(line -> line.startsWith("! 1 of the entries that were seen here are not there"));
        unlocked("ann", new ListCommand(), "--forget-missing");
        unlocked("ann", new ListCommand());
        assertThat(hints).containsExactly("the vault is empty");
    }

    @Test
    void oneBrokenEntryDoesNotHideTheOthers() throws Exception {
        setUp("ann");
        put("ann", "First", "1");
        put("ann", "Second", "2");
        ObjectNode broken = server.entriesOf("ann").values().iterator().next();
        broken.put("ciphertext", broken.path("ciphertext").asText().substring(4));
        unlocked("ann", new ListCommand());
        assertThat(out).hasSize(1);
        assertThat(hints).singleElement().asString().contains("tell an operator");
    }

    @Test
    void saysWhatToDoWhenTheLoginIsTooOld() {
        server.loginIsOld = true;
        assertThatExceptionOfType(Failed.class)
                .isThrownBy(() -> setUp("ann"))
                .withMessage("this needs a login of the last ten minutes: scripts/devmentor login, then this again");
    }

    @Test
    void aShortPassphraseIsRefused() {
        assertThatExceptionOfType(Failed.class)
                .isThrownBy(() -> run("ann", "elf letters\n", new SetUpCommand()))
                .withMessageStartingWith("a passphrase has at least 12 characters");
        assertThat(server.bodies()).isEmpty();
    }

    @Test
    void aFileOfWhatWasSeenThatCannotBeReadIsNotPassedOver() throws Exception {
        setUp("ann");
        put("ann", "First", "1");
        Files.writeString(seen("ann"), "{");
        assertThatExceptionOfType(Failed.class)
                .isThrownBy(() -> unlocked("ann", new ListCommand()))
                .withMessageContaining("delete it to begin anew");
    }
}
