package dev.devmentor.auth.vault;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.auth.AuthIT;
import dev.devmentor.auth.account.Account;
import dev.devmentor.auth.token.TokenAnswer;
import dev.devmentor.clientcrypto.CryptoFailed;
import dev.devmentor.clientcrypto.CryptoFailed.Why;
import dev.devmentor.clientcrypto.EntryText;
import dev.devmentor.clientcrypto.KdfParams;
import dev.devmentor.clientcrypto.MasterKey;
import dev.devmentor.clientcrypto.SealedEntry;
import dev.devmentor.clientcrypto.ServerRefused;
import dev.devmentor.clientcrypto.VaultClient;
import dev.devmentor.clientcrypto.VaultClient.Opened;
import dev.devmentor.clientcrypto.VaultClient.Person;
import dev.devmentor.clientcrypto.VaultClient.Received;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class VaultIT extends AuthIT {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final EntryText TEXT =
            new EntryText("Mail", List.of("private"), "ada", "s3cret", "https://mail.example", "note");

    @Inject
    VaultErasure erasure;

    @Inject
    VaultExport export;

    private VaultPerson vaultPerson(String name) throws Exception {
        Account account = person(name);
        return VaultPerson.of(account, signedIn(account));
    }

    private static String path(Opened entry) {
        return "/api/auth/vault/entries/" + entry.entry().id();
    }

    @AfterEach
    void itIsNow() {
        nowAgain();
    }

    @Test
    void keepsEntriesThatOnlyTheirOwnerReads() throws Exception {
        VaultPerson ann = vaultPerson("ann");
        Opened mail = ann.client().add(ann.vault(), TEXT);
        Opened other = ann.client().add(ann.vault(), EntryText.of("Bank", "1234"));

        VaultClient elsewhere = VaultPerson.client(ann.tokens(), new VaultPerson.Memory());
        assertThat(elsewhere.list(elsewhere.unlock(ann.key())))
                .extracting(opened -> opened.text().title())
                .containsExactlyInAnyOrder("Mail", "Bank");
        assertThat(elsewhere
                        .get(elsewhere.unlock(ann.code()), mail.entry().id())
                        .text())
                .isEqualTo(TEXT);
        assertThat(elsewhere.status().entries()).isEqualTo(2);

        ann.client().delete(ann.vault(), other);
        assertThat(elsewhere.status().entries()).isEqualTo(1);
        assertThat(elsewhere.status().bytes())
                .isEqualTo(number(
                        "SELECT sum(length(ciphertext)) FROM vault_entry WHERE account_id = ?",
                        ann.account().id()));
    }

    @Test
    void ofTwoDevicesThatChangeAnEntryAtOnceOneIsToldToReadAgain() throws Exception {
        VaultPerson ann = vaultPerson("ann");
        Opened first = ann.client().add(ann.vault(), TEXT);
        Opened second = ann.client().change(ann.vault(), first, EntryText.of("Mail", "new"));

        assertThat(second.entry().version()).isEqualTo(2);
        refused(409, "version-conflict", () -> ann.client().change(ann.vault(), first, EntryText.of("Mail", "lost")));
        refused(409, "version-conflict", () -> ann.client().delete(ann.vault(), first));
        assertThat(ann.client().get(ann.vault(), first.entry().id()).text().secret())
                .isEqualTo("new");
    }

    @Test
    void aDeviceNoticesThatTheServerGivesAnOlderStateThanItHasSeen() throws Exception {
        VaultPerson ann = vaultPerson("ann");
        Opened first = ann.client().add(ann.vault(), TEXT);
        ann.client().change(ann.vault(), first, EntryText.of("Mail", "new"));
        rollBack(ann, first.entry());

        assertThatThrownBy(() -> ann.client().get(ann.vault(), first.entry().id()))
                .isInstanceOfSatisfying(
                        CryptoFailed.class, failed -> assertThat(failed.why()).isEqualTo(Why.ROLLED_BACK));
    }

    /** What an operator with bad intentions can do. */
    private void rollBack(VaultPerson person, SealedEntry to) throws Exception {
        transactions.run(work -> {
            try (var update = work.connection()
                    .prepareStatement(
                            "UPDATE vault_entry SET version = ?, ciphertext = ? WHERE account_id = ? AND id = ?")) {
                update.setInt(1, to.version());
                update.setBytes(2, Encoded.bytes("ciphertext", to.ciphertext(), 1, 65_536));
                update.setString(3, person.account().id());
                update.setObject(4, UUID.fromString(to.id()));
                return update.executeUpdate();
            }
        });
    }

    @Test
    void somebodyElsesIsNotThere() throws Exception {
        VaultPerson ann = vaultPerson("ann");
        VaultPerson eve = vaultPerson("eve");
        VaultPerson bob = vaultPerson("bob");
        Opened mail = ann.client().add(ann.vault(), TEXT);
        ann.client().share(ann.vault(), mail, ann.client().person(bob.account().email()));
        String share = bob.client().received().getFirst().share();

        as(eve.tokens()).get(path(mail)).then().statusCode(404);
        as(eve.tokens()).delete(path(mail) + "?version=1").then().statusCode(404);
        as(eve.tokens()).get(path(mail) + "/shares").then().statusCode(404);
        as(eve.tokens())
                .delete(path(mail) + "/shares/" + bob.account().id())
                .then()
                .statusCode(404);
        as(eve.tokens()).get("/api/auth/vault/shares/" + share).then().statusCode(404);
        as(eve.tokens()).delete("/api/auth/vault/shares/" + share).then().statusCode(404);
        as(eve.tokens())
                .body(Map.of("approval", "A".repeat(43)))
                .post("/api/auth/vault/shares/" + share + "/accept")
                .then()
                .statusCode(404);
        as(eve.tokens())
                .body(eve.vault()
                        .share(
                                eve.vault().seal(TEXT),
                                bob.account().id(),
                                bob.vault().keys().publicKey())
                        .json())
                .put(path(mail) + "/shares/" + bob.account().id())
                .then()
                .statusCode(404);
        // The id of somebody else's entry is free in one's own vault.
        as(eve.tokens()).body(mail.entry().json()).put(path(mail)).then().statusCode(201);
        assertThat(ann.client().get(ann.vault(), mail.entry().id()).text()).isEqualTo(TEXT);
    }

    @Test
    void everyRouteNeedsAPersonsToken() throws Exception {
        TokenAnswer robot = signedIn(person("robot", List.of("service")));
        String id = UUID.randomUUID().toString();
        for (String path : List.of(
                "",
                "/entries",
                "/entries/" + id,
                "/entries/" + id + "/shares",
                "/shares",
                "/shares/" + id,
                "/keys/a@b.example",
                "/export")) {
            given().get("/api/auth/vault" + path).then().statusCode(401);
            as(robot).get("/api/auth/vault" + path).then().statusCode(403);
        }
        for (String path : List.of("/keys", "/entries/" + id, "/entries/" + id + "/shares/x")) {
            given().contentType("application/json")
                    .body("{}")
                    .put("/api/auth/vault" + path)
                    .then()
                    .statusCode(401);
            as(robot).body("{}").put("/api/auth/vault" + path).then().statusCode(403);
        }
        given().delete("/api/auth/vault").then().statusCode(401);
        given().contentType("application/json")
                .body("{}")
                .post("/api/auth/srp/password")
                .then()
                .statusCode(401);
    }

    @Test
    void whatCannotBeUndoneNeedsALoginOfTheLastMinutes() throws Exception {
        VaultPerson ann = vaultPerson("ann");
        later(Duration.ofMinutes(11));

        as(ann.tokens()).delete("/api/auth/vault").then().statusCode(401).body("type", endsWith("/login-not-recent"));
        as(ann.tokens())
                .body(ann.vault()
                        .withPassword(ann.key(), KdfParams.fresh(RANDOM))
                        .keys()
                        .json())
                .put("/api/auth/vault/keys")
                .then()
                .statusCode(401)
                .body("type", endsWith("/login-not-recent"));
        as(ann.tokens()).get("/api/auth/vault/entries").then().statusCode(200);
    }

    @Test
    void anotherPasswordOpensTheVaultAndTheOldOneDoesNot() throws Exception {
        VaultPerson ann = vaultPerson("ann");
        ann.client().add(ann.vault(), TEXT);
        MasterKey other = MasterKey.of(new byte[32]);
        ann.client().store(ann.vault().withPassword(other, KdfParams.fresh(RANDOM)));

        assertThat(ann.client().list(ann.client().unlock(other))).hasSize(1);
        assertThatThrownBy(() -> ann.client().unlock(ann.key()))
                .isInstanceOfSatisfying(
                        CryptoFailed.class, failed -> assertThat(failed.why()).isEqualTo(Why.WRONG_SECRET));
        // From a device that does not know of the change.
        refused(
                409,
                "version-conflict",
                () -> ann.client().store(ann.vault().withPassword(ann.key(), KdfParams.fresh(RANDOM))));
    }

    @Test
    void aVaultIsNotSetUpOverAnother() throws Exception {
        VaultPerson ann = vaultPerson("ann");
        VaultPerson bob = vaultPerson("bob");

        refused(409, "version-conflict", () -> ann.client().setUp(ann.key(), KdfParams.fresh(RANDOM)));
        as(ann.tokens())
                .body(bob.vault().keys().json().replace("\"version\":1", "\"version\":2"))
                .put("/api/auth/vault/keys")
                .then()
                .statusCode(409)
                .body("type", endsWith("/vault-exists"));
        as(ann.tokens()).delete("/api/auth/vault").then().statusCode(204);
        as(ann.tokens()).delete("/api/auth/vault").then().statusCode(404);
        as(ann.tokens())
                .get("/api/auth/vault")
                .then()
                .body("keys", nullValue())
                .body("owner", equalTo(ann.account().id()));
        assertThat(ann.client().setUp(ann.key(), KdfParams.fresh(RANDOM)).code())
                .isNotEqualTo(ann.code());
    }

    @Test
    void sharesAnEntryWithSomebodyWhoseKeyWasCompared() throws Exception {
        VaultPerson ann = vaultPerson("ann");
        VaultPerson bob = vaultPerson("bob");
        Opened mail = ann.client().add(ann.vault(), TEXT);
        Person found = ann.client().person(bob.account().email().toUpperCase(java.util.Locale.ROOT));
        assertThat(found.account()).isEqualTo(bob.account().id());
        assertThat(found.publicKey()).isEqualTo(bob.vault().keys().publicKey());

        ann.client().share(ann.vault(), mail, found);
        Received offer = bob.client().received().getFirst();
        assertThat(offer.email()).isEqualTo(ann.account().email());
        assertThat(offer.accepted()).isFalse();
        bob.client().accept(bob.vault(), offer);
        Received accepted = bob.client().received().getFirst();
        assertThat(accepted.accepted()).isTrue();
        assertThat(bob.client().read(bob.vault(), accepted)).isEqualTo(TEXT);

        ann.client().change(ann.vault(), mail, EntryText.of("Mail", "newer"));
        assertThat(bob.client().read(bob.vault(), accepted).secret()).isEqualTo("newer");
        assertThat(ann.client().given(mail)).singleElement().satisfies(given -> {
            assertThat(given.recipient()).isEqualTo(bob.account().id());
            assertThat(given.accepted()).isTrue();
        });

        bob.client().leave(accepted);
        assertThat(bob.client().received()).isEmpty();
        assertThat(ann.client().given(mail)).isEmpty();
    }

    @Test
    void takesAShareBackUnderANewKeyThatTheOthersGet() throws Exception {
        VaultPerson ann = vaultPerson("ann");
        VaultPerson bob = vaultPerson("bob");
        VaultPerson carl = vaultPerson("carl");
        Opened mail = ann.client().add(ann.vault(), TEXT);
        ann.client().share(ann.vault(), mail, ann.client().person(bob.account().email()));
        ann.client().share(ann.vault(), mail, ann.client().person(carl.account().email()));
        Received bobs = bob.client().received().getFirst();
        Received carls = carl.client().received().getFirst();

        Opened rekeyed = ann.client().revoke(ann.vault(), mail, bob.account().id());

        assertThat(rekeyed.entry().keyVersion()).isEqualTo(2);
        refused(404, "not-found", () -> bob.client().read(bob.vault(), bobs));
        assertThat(carl.client().read(carl.vault(), carls)).isEqualTo(TEXT);
        assertThat(ann.client().get(ann.vault(), mail.entry().id()).text()).isEqualTo(TEXT);
    }

    @Test
    void aKeyThatTheServerHasExchangedIsNotShared() throws Exception {
        VaultPerson ann = vaultPerson("ann");
        VaultPerson bob = vaultPerson("bob");
        VaultPerson carl = vaultPerson("carl");
        Opened mail = ann.client().add(ann.vault(), TEXT);
        ann.client().share(ann.vault(), mail, ann.client().person(bob.account().email()));
        ann.client().share(ann.vault(), mail, ann.client().person(carl.account().email()));
        Received bobs = bob.client().received().getFirst();
        bob.client().accept(bob.vault(), bobs);
        // An operator puts a key of their own in the place of Bob's, and then one in the place of Ann's.
        rows(
                "UPDATE vault_share SET recipient_key = ? WHERE recipient_id = ? RETURNING 1",
                new byte[65],
                bob.account().id());

        tampered(() -> ann.client().revoke(ann.vault(), mail, carl.account().id()));

        rows(
                "UPDATE vault SET public_key = ? WHERE account_id = ? RETURNING 1",
                java.util.Base64.getUrlDecoder().decode(carl.vault().keys().publicKey()),
                ann.account().id());
        Received exchanged = bob.client().received().getFirst();
        tampered(() -> bob.client().read(bob.vault(), exchanged));
        tampered(() -> ann.client().unlock(ann.key()));
    }

    @Test
    void onlyTheRecipientsPresentKeyIsTaken() throws Exception {
        VaultPerson ann = vaultPerson("ann");
        VaultPerson bob = vaultPerson("bob");
        VaultPerson carl = vaultPerson("carl");
        Opened mail = ann.client().add(ann.vault(), TEXT);
        Person wrong = new Person(bob.account().id(), carl.vault().keys().publicKey(), "");

        refused(409, "key-changed", () -> ann.client().share(ann.vault(), mail, wrong));
        refused(
                404,
                "not-found",
                () -> ann.client()
                        .share(
                                ann.vault(),
                                mail,
                                new Person("u-nobody", carl.vault().keys().publicKey(), "")));
        refused(
                400,
                "invalid-request",
                () -> ann.client()
                        .share(
                                ann.vault(),
                                mail,
                                new Person(
                                        ann.account().id(), ann.vault().keys().publicKey(), "")));
    }

    @Test
    void whoBeginsANewVaultLosesWhatWasSharedWithTheOldOne() throws Exception {
        VaultPerson ann = vaultPerson("ann");
        VaultPerson bob = vaultPerson("bob");
        Opened mail = ann.client().add(ann.vault(), TEXT);
        ann.client().share(ann.vault(), mail, ann.client().person(bob.account().email()));

        as(bob.tokens()).delete("/api/auth/vault").then().statusCode(204);

        assertThat(ann.client().given(mail)).isEmpty();
    }

    @Test
    void nobodyIsFoundWhoHasNoVaultOrNoVerifiedAddressOrIsNotKnown() throws Exception {
        VaultPerson ann = vaultPerson("ann");
        VaultPerson bob = vaultPerson("bob");
        Account without = person("without");
        VaultPerson unverified = vaultPerson("unverified");
        rows(
                "UPDATE account SET email_verified = false WHERE id = ? RETURNING 1",
                unverified.account().id());
        List<String> answers = new ArrayList<>();
        for (String who : List.of(
                without.email(),
                unverified.account().email(),
                "nobody@people.example",
                bob.account().id(),
                "u-nobody",
                "@")) {
            answers.add(as(ann.tokens())
                    .get("/api/auth/vault/keys/" + who)
                    .then()
                    .statusCode(404)
                    .extract()
                    .asString());
        }
        assertThat(answers).containsOnly(answers.getFirst());

        as(ann.tokens())
                .get("/api/auth/vault/keys/" + ann.account().id())
                .then()
                .statusCode(200);
        Opened mail = ann.client().add(ann.vault(), TEXT);
        ann.client().share(ann.vault(), mail, ann.client().person(bob.account().email()));
        as(ann.tokens())
                .get("/api/auth/vault/keys/" + bob.account().id())
                .then()
                .statusCode(200);
        as(bob.tokens())
                .get("/api/auth/vault/keys/" + ann.account().id())
                .then()
                .statusCode(200);
    }

    @Test
    void keysAreAskedForSixtyTimesAnHour() throws Exception {
        VaultPerson ann = vaultPerson("ann");
        for (int i = 0; i < 60; i++) {
            as(ann.tokens())
                    .get("/api/auth/vault/keys/nobody@people.example")
                    .then()
                    .statusCode(404);
        }
        as(ann.tokens())
                .get("/api/auth/vault/keys/nobody@people.example")
                .then()
                .statusCode(429)
                .header("Retry-After", equalTo("3600"));
        later(Duration.ofMinutes(61));
        // The clock of the service moved, so does the end of the token.
        as(signedIn(ann.account()))
                .get("/api/auth/vault/keys/nobody@people.example")
                .then()
                .statusCode(404);
    }

    @Test
    void givesEntriesInPages() throws Exception {
        VaultPerson ann = vaultPerson("ann");
        for (int i = 0; i < 5; i++) {
            ann.client().add(ann.vault(), EntryText.of("entry " + i, "x"));
        }
        String next = as(ann.tokens())
                .get("/api/auth/vault/entries?limit=3")
                .then()
                .body("entries", hasSize(3))
                .extract()
                .path("next");
        as(ann.tokens())
                .get("/api/auth/vault/entries?limit=3&cursor=" + next)
                .then()
                .body("entries", hasSize(2))
                .body("next", nullValue());
        as(ann.tokens()).get("/api/auth/vault/entries?cursor=x").then().statusCode(400);
        as(ann.tokens()).get("/api/auth/vault/entries?limit=201").then().statusCode(400);
        as(ann.tokens()).get("/api/auth/vault/shares?cursor=x").then().statusCode(400);
    }

    @Test
    void aPageOfLargeEntriesEndsAfterTwoMebibytes() throws Exception {
        VaultPerson ann = vaultPerson("ann");
        String large = "x".repeat(60_000);
        for (int i = 0; i < 35; i++) {
            ann.client().add(ann.vault(), EntryText.of("entry " + i, large));
        }
        as(ann.tokens()).get("/api/auth/vault/entries?limit=200").then().body("entries", hasSize(32));
        assertThat(ann.client().list(ann.vault())).hasSize(35);
    }

    @Test
    void refusesEntriesThatAreTooLargeOrNone() throws Exception {
        VaultPerson ann = vaultPerson("ann");
        Account without = person("without");
        SealedEntry entry = ann.vault().seal(TEXT);
        String path = "/api/auth/vault/entries/" + entry.id();
        JsonNode good = JSON.readTree(entry.json());

        as(signedIn(without)).body(entry.json()).put(path).then().statusCode(404);
        as(ann.tokens())
                .body(Map.of(
                        "version", 1, "keyVersion", 1, "dataKey", entry.dataKey(), "ciphertext", "A".repeat(87_400)))
                .put(path)
                .then()
                .statusCode(413);
        for (String bad : List.of(
                "",
                "{}",
                good.toString()
                        .replace("\"version\":1", "\"version\":2")
                        .replace("\"keyVersion\":1", "\"keyVersion\":0"),
                good.toString().replace("\"keyVersion\":1", "\"keyVersion\":2"),
                good.toString().replace(entry.dataKey(), "AAAA"),
                good.toString().replace(entry.ciphertext(), "AAAA"),
                good.toString().replace(entry.ciphertext(), "%%%%"),
                good.toString().replace("{", "{\"more\":1,"))) {
            as(ann.tokens()).body(bad).put(path).then().statusCode(400);
        }
        as(ann.tokens())
                .body(entry.json())
                .put(path.toUpperCase(java.util.Locale.ROOT)
                        .replace("/API/AUTH/VAULT/ENTRIES", "/api/auth/vault/entries"))
                .then()
                .statusCode(400);
        as(ann.tokens()).body(entry.json()).put(path).then().statusCode(201).body("version", equalTo(1));
        as(ann.tokens()).body(entry.json()).put(path).then().statusCode(409);
    }

    @Test
    void aVaultHoldsTenThousandEntriesAndSixtyFourMebibytes() throws Exception {
        VaultPerson ann = vaultPerson("ann");
        rows(
                "UPDATE vault SET entries = 10000 WHERE account_id = ? RETURNING 1",
                ann.account().id());
        refused(409, "limit-reached", () -> ann.client().add(ann.vault(), TEXT));
        rows(
                "UPDATE vault SET entries = 0, bytes = 67108864 WHERE account_id = ? RETURNING 1",
                ann.account().id());
        refused(409, "limit-reached", () -> ann.client().add(ann.vault(), TEXT));
    }

    @Test
    void erasureLeavesNothingOfAPersonAndExportGivesAll() throws Exception {
        VaultPerson ann = vaultPerson("ann");
        VaultPerson bob = vaultPerson("bob");
        Opened mail = ann.client().add(ann.vault(), TEXT);
        ann.client().share(ann.vault(), mail, ann.client().person(bob.account().email()));
        Opened bobs = bob.client().add(bob.vault(), TEXT);
        bob.client().share(bob.vault(), bobs, bob.client().person(ann.account().email()));

        VaultExport.Exported exported = transactions.run(
                work -> export.of(work.connection(), ann.account().id()));
        assertThat(exported.entries())
                .extracting(VaultViews.EntryView::id)
                .containsExactly(mail.entry().id());
        assertThat(exported.sharedWithMe()).hasSize(1);
        as(ann.tokens())
                .get("/api/auth/vault/export")
                .then()
                .body("entries", hasSize(1))
                .body("keys.slots", hasSize(2));

        Map<String, Long> counts = transactions.run(
                work -> erasure.deleteAllOf(work.connection(), ann.account().id()));
        assertThat(counts)
                .containsEntry("vaultEntries", 1L)
                .containsEntry("vaultShares", 2L)
                .containsEntry("vaults", 1L);
        for (String table : List.of("vault", "vault_slot", "vault_entry", "vault_lookup")) {
            assertThat(number(
                            "SELECT count(*) FROM " + table + " WHERE account_id = ?",
                            ann.account().id()))
                    .isZero();
        }
        assertThat(bob.client().received()).isEmpty();
        assertThat(bob.client().list(bob.vault())).hasSize(1);
    }

    private static void refused(int status, String type, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ServerRefused.class, refused -> {
            assertThat(refused.status()).isEqualTo(status);
            assertThat(refused.type()).isEqualTo(type);
        });
    }

    private static void tampered(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CryptoFailed.class, failed -> assertThat(failed.why()).isEqualTo(Why.TAMPERED));
    }
}
