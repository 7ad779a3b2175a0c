package dev.devmentor.auth.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devmentor.auth.AuthIT;
import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.secondfactor.Authenticator;
import dev.devmentor.auth.token.TokenAnswer;
import dev.devmentor.clientcrypto.CryptoFailed;
import dev.devmentor.clientcrypto.EntryText;
import dev.devmentor.clientcrypto.KdfParams;
import dev.devmentor.clientcrypto.KeySet;
import dev.devmentor.clientcrypto.MasterKey;
import dev.devmentor.clientcrypto.ServerRefused;
import dev.devmentor.clientcrypto.Vault;
import dev.devmentor.clientcrypto.VaultClient;
import dev.devmentor.clientcrypto.VaultClient.Opened;
import dev.devmentor.clientcrypto.VaultClient.Received;
import dev.devmentor.clientcrypto.ZeroKnowledgeLogin;
import dev.devmentor.clientcrypto.ZeroKnowledgeLogin.LoggedIn;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/**
 * Somebody becomes a zero-knowledge person, logs in, keeps and shares entries and changes the password. Everything that went over the wire
 * and every row of the database is searched for what nobody but that person may know.
 */
@QuarkusTest
class NothingLeaksIT extends AuthIT {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String PASSWORD = "Tr0ub4dor&3-längst-vergessen";
    private static final String NEXT_PASSWORD = "zwölf Boxkämpfer jagen Viktor";
    private static final EntryText TEXT = new EntryText(
            "Title-of-Vault-Entry",
            List.of("Tag-of-Entry"),
            "User-of-Entry",
            "Secret-of-Entry",
            "https://address-of-entry.example",
            "Note-of-Entry");

    @Inject
    RedisDataSource redis;

    @Test
    void neitherTheTranscriptNorADumpHasThePasswordOrAKeyOrATextOfTheVault() throws Exception {
        Account ann = person("ann");
        Account bob = person("bob");
        TokenAnswer first = signedIn(ann);
        KdfParams kdf = KdfParams.fresh(RANDOM);
        MasterKey key = MasterKey.derive(PASSWORD.toCharArray(), kdf);
        RecordingHttp http = new RecordingHttp();
        http.send("POST", "/api/auth/srp/register", first.accessToken(), ZeroKnowledgeLogin.parameters(key, kdf));

        ZeroKnowledgeLogin login = new ZeroKnowledgeLogin(http, RANDOM);
        LoggedIn loggedIn = login.login(ann.email(), PASSWORD.toCharArray());
        assertThat(loggedIn.kdf()).isEqualTo(kdf);
        VaultClient client = new VaultClient(http, loggedIn::accessToken, new VaultPerson.Memory(), RANDOM);
        VaultClient.SetUp setUp = client.setUp(loggedIn.key(), loggedIn.kdf());
        Vault vault = setUp.vault();
        Opened entry = client.add(vault, TEXT);
        entry = client.change(vault, entry, TEXT);
        VaultPerson recipient = VaultPerson.of(bob, signedIn(bob));
        client.share(vault, entry, client.person(bob.email()));
        Received offer = recipient.client().received().getFirst();
        recipient.client().accept(recipient.vault(), offer);
        assertThat(recipient.client().read(recipient.vault(), offer)).isEqualTo(TEXT);

        KdfParams nextKdf = KdfParams.fresh(RANDOM);
        MasterKey next = MasterKey.derive(NEXT_PASSWORD.toCharArray(), nextKdf);
        KeySet rewrapped = vault.withPassword(next, nextKdf).keys();
        assertThatThrownBy(() ->
                        login.change(ann.email(), PASSWORD.toCharArray(), next, nextKdf, null, loggedIn.accessToken()))
                .isInstanceOfSatisfying(
                        ServerRefused.class,
                        refused -> assertThat(refused.type()).isEqualTo("vault-needs-keys"));
        login.change(ann.email(), PASSWORD.toCharArray(), next, nextKdf, rewrapped, loggedIn.accessToken());

        assertThat(client.get(
                                client.unlock(NEXT_PASSWORD.toCharArray()),
                                entry.entry().id())
                        .text())
                .isEqualTo(TEXT);
        assertThatThrownBy(() -> client.unlock(key)).isInstanceOf(CryptoFailed.class);
        // All other sessions have ended, this one goes on.
        assertThat(number("SELECT count(*) FROM session WHERE account_id = ? AND ended_at IS NULL", ann.id()))
                .isEqualTo(1);

        Map<String, byte[]> secrets = new LinkedHashMap<>();
        secrets(secrets, "the password", PASSWORD, kdf);
        secrets(secrets, "the next password", NEXT_PASSWORD, nextKdf);
        secrets.put("the recovery code", setUp.code().text().getBytes(StandardCharsets.UTF_8));
        secrets.put(
                "the recovery code without lines",
                setUp.code().text().replace("-", "").getBytes(StandardCharsets.UTF_8));
        for (String text : List.of(
                TEXT.title(), TEXT.tags().getFirst(), TEXT.user(), TEXT.secret(), TEXT.address(), TEXT.note())) {
            secrets.put(text, text.getBytes(StandardCharsets.UTF_8));
        }
        String transcript = String.join("\n", http.transcript());
        String dump = dump() + redisDump();

        // It is searched where something is to be found.
        assertThat(transcript).contains(ann.email(), kdf.salt(), entry.entry().ciphertext());
        assertThat(dump)
                .contains(ann.email(), nextKdf.salt())
                .contains(HexFormat.of()
                        .formatHex(Base64.getUrlDecoder().decode(entry.entry().ciphertext())));
        secrets.forEach((name, secret) -> {
            for (String form : forms(secret)) {
                assertThat(transcript.contains(form))
                        .as("%s in the transcript", name)
                        .isFalse();
                assertThat(dump.contains(form)).as("%s in the dump", name).isFalse();
            }
        });
    }

    /** Somebody switches a second factor on, and uses both kinds of codes: none of it can be made of what the database has. */
    @Test
    void noDumpHasTheSecretOfASecondFactorOrARecoveryCode() {
        Account cara = person("cara");
        TokenAnswer tokens = signedIn(cara);
        String path = "/api/auth/me/second-factor";
        String base32 = as(tokens).post(path).jsonPath().getString("secret");
        Authenticator app = new Authenticator(base32);
        List<String> codes = as(tokens)
                .body(Map.of("code", app.code(clock.instant())))
                .post(path + "/confirm")
                .then()
                .statusCode(200)
                .extract()
                .path("recoveryCodes");
        Map<String, byte[]> secrets = new LinkedHashMap<>();
        secrets.put("the secret", app.secret());
        secrets.put("the secret in base 32", base32.getBytes(StandardCharsets.US_ASCII));
        for (String code : codes) {
            secrets.put(code, code.getBytes(StandardCharsets.US_ASCII));
            secrets.put(code + " without lines", code.replace("-", "").getBytes(StandardCharsets.US_ASCII));
        }
        String dump = dump() + redisDump();

        assertThat(dump).contains(cara.email());
        assertThat(rows("SELECT 1 FROM second_factor WHERE account_id = ?", cara.id()))
                .hasSize(1);
        assertThat(rows("SELECT 1 FROM recovery_code WHERE account_id = ?", cara.id()))
                .hasSize(10);
        secrets.forEach((name, secret) -> {
            for (String form : forms(secret)) {
                assertThat(dump.contains(form)).as("%s in the dump", name).isFalse();
            }
        });
    }

    /** The password and everything that the document derives from it, computed here without the client's code. */
    private static void secrets(Map<String, byte[]> secrets, String name, String password, KdfParams kdf)
            throws Exception {
        byte[] salt = Base64.getUrlDecoder().decode(kdf.salt());
        byte[] master = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(password.toCharArray(), salt, 600_000, 256))
                .getEncoded();
        byte[] extracted = hmac(new byte[32], master);
        byte[] srp = hmac(extracted, "devmentor/v1/srp\u0001".getBytes(StandardCharsets.UTF_8));
        secrets.put(name, password.getBytes(StandardCharsets.UTF_8));
        secrets.put("the master key of " + name, master);
        secrets.put("the extracted key of " + name, extracted);
        secrets.put("the SRP secret of " + name, srp);
        secrets.put(
                "the SRP secret as text of " + name,
                HexFormat.of().formatHex(srp).getBytes(StandardCharsets.US_ASCII));
        secrets.put(
                "the vault's wrapping key of " + name,
                hmac(extracted, "devmentor/v1/vault-kek\u0001".getBytes(StandardCharsets.UTF_8)));
    }

    private static byte[] hmac(byte[] key, byte[] data) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(data);
    }

    /** Forms in which bytes may stand in a text: as they are, hex, base64 (at each of three offsets), escapes of PostgreSQL and of URLs. */
    private static List<String> forms(byte[] secret) {
        List<String> forms = new ArrayList<>();
        forms.add(new String(secret, StandardCharsets.ISO_8859_1));
        forms.add(new String(secret, StandardCharsets.UTF_8));
        String hex = HexFormat.of().formatHex(secret);
        forms.add(hex);
        forms.add(HexFormat.of().withUpperCase().formatHex(secret));
        forms.add(HexFormat.ofDelimiter(":").formatHex(secret));
        forms.add(java.net.URLEncoder.encode(new String(secret, StandardCharsets.UTF_8), StandardCharsets.UTF_8));
        StringBuilder escaped = new StringBuilder();
        for (byte b : secret) {
            escaped.append(b >= 32 && b < 127 ? String.valueOf((char) b) : "\\%03o".formatted(b & 0xFF));
        }
        forms.add(escaped.toString());
        for (int offset = 0; offset < 3; offset++) {
            byte[] shifted = new byte[offset + secret.length];
            System.arraycopy(secret, 0, shifted, offset, secret.length);
            // Characters that depend on what stands before and behind are left out.
            String base64 = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            int from = offset == 0 ? 0 : offset + 1;
            String inner = base64.substring(from, (offset + secret.length) * 8 / 6);
            forms.add(inner);
            forms.add(inner.replace('+', '-').replace('/', '_'));
        }
        return forms.stream().distinct().filter(form -> form.length() >= 8).toList();
    }

    /** Every row of every table as text; bytes in hex, as they escape, in base64 and base64url. */
    private String dump() {
        StringBuilder dump = new StringBuilder();
        for (String table : rows(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'")) {
            rows("SELECT t::text FROM \"" + table + "\" t")
                    .forEach(row -> dump.append(row).append('\n'));
            for (String column : rows(
                    "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND data_type = 'bytea' AND table_name = ?",
                    table)) {
                for (String form : List.of("hex", "escape", "base64")) {
                    rows("SELECT translate(encode(\"" + column + "\", '" + form + "'), E'\\n', '') FROM \"" + table
                                    + "\" WHERE \"" + column + "\" IS NOT NULL")
                            .forEach(value -> {
                                dump.append(value).append('\n');
                                if (form.equals("base64")) {
                                    dump.append(value.replace('+', '-')
                                                    .replace('/', '_')
                                                    .replace("=", ""))
                                            .append('\n');
                                }
                            });
                }
            }
        }
        return dump.toString();
    }

    private String redisDump() {
        StringBuilder dump = new StringBuilder();
        for (String key : redis.key().keys("*")) {
            dump.append(key).append(' ').append(redis.execute("DUMP", key)).append('\n');
        }
        return dump.toString();
    }
}
