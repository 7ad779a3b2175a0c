package dev.devmentor.clientcrypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.clientcrypto.CryptoFailed.Why;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class VaultTest {
    private static final JsonNode VECTOR = Vectors.ALL.get("vault");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final KdfParams KDF = KdfParams.fresh(RANDOM);
    private static final MasterKey PASSWORD = master(1);
    private static final EntryText TEXT =
            new EntryText("Title", List.of("a", "b"), "ada", "s3cret", "https://example.org", "note");

    private final RecoveryCode code = RecoveryCode.fresh(RANDOM);
    private final Vault vault = create("ada", PASSWORD, code);

    @Test
    void opensWhatAnotherProgramHasMadeAfterTheDocument() throws CryptoFailed {
        KeySet keys = KeySet.parse(VECTOR.get("keys").toString());
        String owner = VECTOR.get("owner").asText();
        Vault byPassword = Vault.unlock(owner, keys, Vectors.master(VECTOR.get("master")), RANDOM);
        Vault byCode = Vault.unlock(
                owner, keys, RecoveryCode.parse(VECTOR.get("recoveryCode").asText()), RANDOM);
        EntryText expected = new EntryText(
                "Größe des Schlüssels",
                List.of("π", "work"),
                "ada",
                "s3cr€t",
                "https://example.org",
                "a note\nof two lines");
        SealedEntry entry = SealedEntry.parse(VECTOR.get("entry").toString());

        assertThat(byPassword.open(entry)).isEqualTo(expected);
        assertThat(byCode.open(entry)).isEqualTo(expected);

        Vault recipient = Vault.unlock(
                VECTOR.get("recipient").asText(),
                KeySet.parse(VECTOR.get("recipientKeys").toString()),
                Vectors.master(VECTOR.get("recipientMaster")),
                RANDOM);
        assertThat(recipient.open(SharedEntry.parse(VECTOR.get("shared").toString())))
                .isEqualTo(expected);
        byPassword.mustBeApproved(
                recipient.owner(),
                recipient.keys().publicKey(),
                VECTOR.get("approval").asText());
    }

    @Test
    void opensWhatItHasSealedAfterAWayThroughJson() throws CryptoFailed {
        Vault again = Vault.unlock("ada", KeySet.parse(vault.keys().json()), PASSWORD, RANDOM);

        assertThat(again.open(vault.seal(TEXT))).isEqualTo(TEXT);
    }

    @Test
    void refusesAnotherPasswordAndAnotherCode() {
        assertFails(Why.WRONG_SECRET, () -> Vault.unlock("ada", vault.keys(), master(2), RANDOM));
        assertFails(Why.WRONG_SECRET, () -> Vault.unlock("ada", vault.keys(), RecoveryCode.fresh(RANDOM), RANDOM));
    }

    @Test
    void aNewPasswordKeepsTheEntriesAndTheOldOneOpensNothing() throws CryptoFailed {
        SealedEntry entry = vault.seal(TEXT);
        Vault changed = vault.withPassword(master(2), KdfParams.fresh(RANDOM));

        assertThat(changed.keys().version()).isEqualTo(2);
        assertThat(Vault.unlock("ada", changed.keys(), master(2), RANDOM).open(entry))
                .isEqualTo(TEXT);
        assertThat(Vault.unlock("ada", changed.keys(), code, RANDOM).open(entry))
                .isEqualTo(TEXT);
        assertFails(Why.WRONG_SECRET, () -> Vault.unlock("ada", changed.keys(), PASSWORD, RANDOM));
    }

    @Test
    void aNewRecoveryCodeTakesThePlaceOfTheOld() throws CryptoFailed {
        RecoveryCode other = RecoveryCode.fresh(RANDOM);
        Vault changed = vault.withRecovery(other);

        assertThat(Vault.unlock("ada", changed.keys(), other, RANDOM).owner()).isEqualTo("ada");
        assertFails(Why.WRONG_SECRET, () -> Vault.unlock("ada", changed.keys(), code, RANDOM));
    }

    @Test
    void noticesAnEntryInThePlaceOfAnother() throws CryptoFailed {
        SealedEntry one = vault.seal(TEXT);
        SealedEntry two = vault.seal(EntryText.of("Other", "other"));

        assertFails(Why.TAMPERED, () -> vault.open(new SealedEntry(one.id(), 1, 1, two.dataKey(), two.ciphertext())));
        assertFails(Why.TAMPERED, () -> vault.open(new SealedEntry(one.id(), 1, 1, one.dataKey(), two.ciphertext())));
    }

    @Test
    void noticesAnOldVersionInThePlaceOfANewOne() throws CryptoFailed {
        SealedEntry old = vault.seal(TEXT);
        SealedEntry current = vault.change(old, EntryText.of("Title", "newer"));

        assertThat(vault.open(current).secret()).isEqualTo("newer");
        assertFails(
                Why.TAMPERED,
                () -> vault.open(new SealedEntry(old.id(), current.version(), 1, current.dataKey(), old.ciphertext())));
    }

    @Test
    void noticesEveryChangedByteOfAnEntry() {
        SealedEntry entry = vault.seal(TEXT);
        byte[] ciphertext = Base64.getUrlDecoder().decode(entry.ciphertext());
        for (int i = 0; i < ciphertext.length; i++) {
            byte[] changed = ciphertext.clone();
            changed[i] ^= 1;
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
            assertFails(Why.TAMPERED, () -> vault.open(new SealedEntry(entry.id(), 1, 1, entry.dataKey(), text)));
        }
    }

    @Test
    void noticesAnotherPublicKeyBesideItsPrivateKey() {
        KeySet keys = vault.keys();
        KeySet exchanged =
                new KeySet(1, create("eve", master(3), code).keys().publicKey(), keys.privateKey(), keys.slots());

        assertFails(Why.TAMPERED, () -> Vault.unlock("ada", exchanged, PASSWORD, RANDOM));
    }

    @Test
    void textsOfOneSizeClassHaveCiphertextsOfOneLength() {
        assertThat(vault.seal(EntryText.of("a", "b")).ciphertext())
                .hasSameSizeAs(vault.seal(EntryText.of("a longer title", "and a longer secret"))
                        .ciphertext());
    }

    @Test
    void anEntryHasAtMost64KiBOfCiphertext() throws CryptoFailed {
        int overhead = EntryText.of("", "").bytes().length;
        String largest = "x".repeat(Padding.LARGEST - 4 - overhead);
        SealedEntry entry = vault.seal(EntryText.of("", largest));

        assertThat(Base64.getUrlDecoder().decode(entry.ciphertext())).hasSize(65_536);
        assertThat(vault.open(entry).secret()).isEqualTo(largest);
        assertThatThrownBy(() -> vault.seal(EntryText.of("", largest + "x")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theRecipientOpensWhatIsSharedAndNobodyElse() throws CryptoFailed {
        Vault bob = create("bob", master(2), code);
        Vault eve = create("eve", master(3), code);
        SealedEntry entry = vault.seal(TEXT);
        SharedEntry shared = shared(vault.share(entry, "bob", bob.keys().publicKey()), entry, vault);

        assertThat(bob.open(shared)).isEqualTo(TEXT);
        assertFails(Why.TAMPERED, () -> eve.open(shared));
    }

    @Test
    void aShareNamesItsSenderTruly() throws CryptoFailed {
        Vault bob = create("bob", master(2), code);
        Vault eve = create("eve", master(3), code);
        SealedEntry entry = eve.seal(TEXT);
        SharedEntry byEve = shared(eve.share(entry, "bob", bob.keys().publicKey()), entry, eve);
        SharedEntry asAda = new SharedEntry(
                "s",
                "ada",
                vault.keys().publicKey(),
                entry.id(),
                1,
                1,
                byEve.ephemeral(),
                byEve.wrapped(),
                byEve.ciphertext(),
                null);

        assertFails(Why.TAMPERED, () -> bob.open(asAda));
    }

    @Test
    void anotherKeyThanTheOneThatWasComparedIsNoticedByOwnerAndRecipient() throws CryptoFailed {
        Vault bob = create("bob", master(2), code);
        Vault eve = create("eve", master(3), code);
        SealedEntry entry = vault.seal(TEXT);
        SealedShare share = vault.share(entry, "bob", bob.keys().publicKey());

        vault.mustBeApproved("bob", bob.keys().publicKey(), share.approval());
        assertFails(Why.TAMPERED, () -> vault.mustBeApproved("bob", eve.keys().publicKey(), share.approval()));
        assertFails(Why.TAMPERED, () -> vault.mustBeApproved("carl", bob.keys().publicKey(), share.approval()));
        assertFails(Why.TAMPERED, () -> eve.mustBeApproved("bob", bob.keys().publicKey(), share.approval()));
        assertFails(Why.TAMPERED, () -> vault.mustBeApproved("bob", bob.keys().publicKey(), null));

        SealedEntry byEve = eve.seal(TEXT);
        SealedShare fromEve = eve.share(byEve, "bob", bob.keys().publicKey());
        SharedEntry forged = new SharedEntry(
                "s",
                "eve",
                eve.keys().publicKey(),
                byEve.id(),
                1,
                1,
                fromEve.ephemeral(),
                fromEve.wrapped(),
                byEve.ciphertext(),
                bob.approval("ada", vault.keys().publicKey()));
        assertFails(Why.TAMPERED, () -> bob.open(forged));
    }

    @Test
    void whatIsWrittenAfterARevocationIsClosedToWhoeverWasRevoked() throws CryptoFailed {
        Vault bob = create("bob", master(2), code);
        SealedEntry old = vault.seal(TEXT);
        SealedShare share = vault.share(old, "bob", bob.keys().publicKey());
        SealedEntry rekeyed = vault.rekey(old, EntryText.of("Title", "newer"));

        assertThat(bob.open(shared(share, old, vault))).isEqualTo(TEXT);
        assertFails(Why.TAMPERED, () -> bob.open(shared(share, rekeyed, vault)));
        assertThat(vault.open(rekeyed).secret()).isEqualTo("newer");
    }

    @Test
    void whoeverReadsASharedEntryReadsItsNextVersion() throws CryptoFailed {
        Vault bob = create("bob", master(2), code);
        SealedEntry entry = vault.seal(TEXT);
        SealedShare share = vault.share(entry, "bob", bob.keys().publicKey());
        SealedEntry next = vault.change(entry, EntryText.of("Title", "newer"));

        assertThat(bob.open(shared(share, next, vault)).secret()).isEqualTo("newer");
    }

    @Test
    void refusesPointsThatAreNotOnTheCurve() {
        byte[] point = Base64.getUrlDecoder().decode(vault.keys().publicKey());
        point[64] ^= 1;
        String off = Base64.getUrlEncoder().withoutPadding().encodeToString(point);

        assertFails(Why.TAMPERED, () -> vault.share(vault.seal(TEXT), "bob", off));
        assertFails(Why.UNREADABLE, () -> vault.share(vault.seal(TEXT), "bob", "AAAA"));
    }

    @Test
    void printsAndReadsRecoveryCodes() throws CryptoFailed {
        for (JsonNode vector : Vectors.ALL.get("recovery")) {
            RecoveryCode read = RecoveryCode.parse(vector.get("code").asText());

            assertThat(read.text()).isEqualTo(vector.get("code").asText());
            assertThat(read.vaultWrappingKey()).isEqualTo(Vectors.hex(vector.get("kek")));
        }
        String text = code.text();
        assertThat(text).matches("([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}");
        assertThat(RecoveryCode.parse(
                        " " + text.toLowerCase(java.util.Locale.ROOT).replace("-", " ") + " "))
                .isEqualTo(code);
    }

    @Test
    void tellsAMisreadRecoveryCodeFromOneOfAnotherVault() {
        String text = Vectors.ALL.get("recovery").get(0).get("code").asText();
        String misread = (text.charAt(0) == '7' ? '8' : '7') + text.substring(1);

        assertFails(Why.WRONG_SECRET, () -> RecoveryCode.parse(misread));
        assertFails(Why.WRONG_SECRET, () -> RecoveryCode.parse(text.substring(1)));
        assertFails(Why.WRONG_SECRET, () -> RecoveryCode.parse(""));
        assertFails(Why.WRONG_SECRET, () -> RecoveryCode.parse("%".repeat(28)));
    }

    @Test
    void aFingerprintIsThatOfTheDocument() throws CryptoFailed {
        JsonNode vector = Vectors.ALL.get("fingerprint");

        assertThat(Fingerprint.of(vector.get("publicKey").asText()))
                .isEqualTo(vector.get("fingerprint").asText());
    }

    @Test
    void refusesAFormatThatItDoesNotKnow() {
        assertFails(Why.UNREADABLE, () -> KeySet.parse(vault.keys().json().replace("\"format\":1", "\"format\":2")));
    }

    @Test
    void refusesKeysWhosePasswordIsCheapToGuess() {
        assertFails(
                Why.TAMPERED,
                () -> KeySet.parse(vault.keys().json().replace("\"iterations\":600000", "\"iterations\":1000")));
    }

    private static SharedEntry shared(SealedShare share, SealedEntry entry, Vault owner) {
        return new SharedEntry(
                "share",
                owner.owner(),
                owner.keys().publicKey(),
                entry.id(),
                entry.version(),
                entry.keyVersion(),
                share.ephemeral(),
                share.wrapped(),
                entry.ciphertext(),
                null);
    }

    private static Vault create(String owner, MasterKey password, RecoveryCode code) {
        try {
            return Vault.create(owner, password, KDF, code, RANDOM);
        } catch (CryptoFailed impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static MasterKey master(int fill) {
        byte[] bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) fill);
        return MasterKey.of(bytes);
    }

    private static void assertFails(Why why, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CryptoFailed.class, failure -> assertThat(failure.why()).isEqualTo(why));
    }
}
