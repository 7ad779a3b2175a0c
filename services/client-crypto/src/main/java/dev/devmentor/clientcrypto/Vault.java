package dev.devmentor.clientcrypto;

import dev.devmentor.clientcrypto.CryptoFailed.Why;
import dev.devmentor.clientcrypto.KeySet.Slot;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An open vault: the vault key and the private key of its owner, in memory until it is closed. The server has both only
 * wrapped, and of entries only ciphertext.
 */
public final class Vault implements AutoCloseable {
    private static final int KEY_BYTES = 32;
    private static final String SLOT = "devmentor/v1/slot";
    private static final String PRIVATE_KEY = "devmentor/v1/private-key";
    private static final String DATA_KEY = "devmentor/v1/data-key";
    private static final String ENTRY = "devmentor/v1/entry";
    private static final String SHARE = "devmentor/v1/share";
    private static final String APPROVAL = "devmentor/v1/approval";

    private final String owner;
    private final KeySet keys;
    private final byte[] vaultKey;
    private final byte[] privateKey;
    private final SecureRandom random;

    private Vault(String owner, KeySet keys, byte[] vaultKey, byte[] privateKey, SecureRandom random) {
        this.owner = owner;
        this.keys = keys;
        this.vaultKey = vaultKey;
        this.privateKey = privateKey;
        this.random = random;
    }

    /** A new vault; send {@link #keys} to the server. */
    public static Vault create(String owner, MasterKey password, KdfParams kdf, RecoveryCode code, SecureRandom random)
            throws CryptoFailed {
        byte[] vaultKey = new byte[KEY_BYTES];
        random.nextBytes(vaultKey);
        P256.Pair pair = P256.generate(random);
        String publicKey = Text.of(pair.publicKey());
        KeySet keys = new KeySet(
                1,
                publicKey,
                Text.of(Box.seal(random, vaultKey, pair.privateKey(), PRIVATE_KEY, publicKey, owner)),
                List.of(
                        passwordSlot(owner, password, kdf, vaultKey, random),
                        recoverySlot(owner, code, vaultKey, random)));
        return new Vault(owner, keys, vaultKey, pair.privateKey(), random);
    }

    /** Opens a vault by the password. */
    public static Vault unlock(String owner, KeySet keys, MasterKey password, SecureRandom random) throws CryptoFailed {
        return unlock(owner, keys, KeySet.PASSWORD, password.vaultWrappingKey(), random);
    }

    /** Opens a vault by the recovery code. */
    public static Vault unlock(String owner, KeySet keys, RecoveryCode code, SecureRandom random) throws CryptoFailed {
        return unlock(owner, keys, KeySet.RECOVERY, code.vaultWrappingKey(), random);
    }

    private static Vault unlock(String owner, KeySet keys, String kind, byte[] wrappingKey, SecureRandom random)
            throws CryptoFailed {
        Slot slot = keys.slot(kind);
        if (slot == null) {
            throw new CryptoFailed(Why.UNREADABLE, "the vault has no slot of the kind " + kind);
        }
        byte[] vaultKey =
                Box.open(wrappingKey, Text.bytes(slot.wrapped()), Why.WRONG_SECRET, "the vault", SLOT, kind, owner);
        byte[] privateKey = Box.open(
                vaultKey,
                Text.bytes(keys.privateKey()),
                Why.TAMPERED,
                "the private key",
                PRIVATE_KEY,
                keys.publicKey(),
                owner);
        return new Vault(owner, keys, vaultKey, privateKey, random);
    }

    /** The keys as the server stores them. */
    public KeySet keys() {
        return keys;
    }

    /** Id of the owner. */
    public String owner() {
        return owner;
    }

    /** The same vault with another password. */
    public Vault withPassword(MasterKey password, KdfParams kdf) {
        return withSlot(passwordSlot(owner, password, kdf, vaultKey, random));
    }

    /** The same vault with another recovery code. */
    public Vault withRecovery(RecoveryCode code) {
        return withSlot(recoverySlot(owner, code, vaultKey, random));
    }

    private Vault withSlot(Slot slot) {
        List<Slot> slots = new ArrayList<>(keys.slots());
        slots.removeIf(old -> old.kind().equals(slot.kind()));
        slots.add(slot);
        return new Vault(
                owner,
                new KeySet(keys.version() + 1, keys.publicKey(), keys.privateKey(), slots),
                vaultKey.clone(),
                privateKey.clone(),
                random);
    }

    /** A new entry. */
    public SealedEntry seal(EntryText text) {
        return seal(UUID.randomUUID().toString(), 1, 1, freshKey(), text);
    }

    /** The next version of an entry; whoever it is shared with goes on reading it. */
    public SealedEntry change(SealedEntry old, EntryText text) throws CryptoFailed {
        return seal(old.id(), old.version() + 1, old.keyVersion(), dataKey(old), text);
    }

    /** The next version of an entry under a new data key: whoever it was shared with cannot read it. */
    public SealedEntry rekey(SealedEntry old, EntryText text) {
        return seal(old.id(), old.version() + 1, old.keyVersion() + 1, freshKey(), text);
    }

    private SealedEntry seal(String id, int version, int keyVersion, byte[] dataKey, EntryText text) {
        byte[] wrapped = Box.seal(random, vaultKey, dataKey, DATA_KEY, id, String.valueOf(keyVersion), owner);
        byte[] ciphertext =
                Box.seal(random, dataKey, Padding.pad(text.bytes()), ENTRY, id, String.valueOf(version), owner);
        return new SealedEntry(id, version, keyVersion, Text.of(wrapped), Text.of(ciphertext));
    }

    /**
     * Opens an entry.
     *
     * @throws CryptoFailed if it is not this entry of this owner in this version
     */
    public EntryText open(SealedEntry entry) throws CryptoFailed {
        return open(dataKey(entry), owner, entry.id(), entry.version(), entry.ciphertext());
    }

    private byte[] dataKey(SealedEntry entry) throws CryptoFailed {
        return Box.open(
                vaultKey,
                Text.bytes(entry.dataKey()),
                Why.TAMPERED,
                "the key of an entry",
                DATA_KEY,
                entry.id(),
                String.valueOf(entry.keyVersion()),
                owner);
    }

    private static EntryText open(byte[] dataKey, String owner, String id, int version, String ciphertext)
            throws CryptoFailed {
        return EntryText.of(Padding.unpad(Box.open(
                dataKey, Text.bytes(ciphertext), Why.TAMPERED, "an entry", ENTRY, id, String.valueOf(version), owner)));
    }

    /**
     * Wraps the data key of an entry for somebody else. It is the recipient's key only if the two have compared its {@link
     * Fingerprint}.
     */
    public SealedShare share(SealedEntry entry, String recipient, String recipientKey) throws CryptoFailed {
        P256.Pair ephemeral = P256.generate(random);
        byte[] key = shareKey(
                P256.agree(ephemeral.privateKey(), Text.bytes(recipientKey)),
                P256.agree(privateKey, Text.bytes(recipientKey)),
                ephemeral.publicKey(),
                Text.bytes(keys.publicKey()),
                Text.bytes(recipientKey));
        byte[] wrapped = Box.seal(
                random, key, dataKey(entry), SHARE, entry.id(), String.valueOf(entry.keyVersion()), recipient, owner);
        return new SealedShare(
                recipient,
                recipientKey,
                entry.keyVersion(),
                Text.of(ephemeral.publicKey()),
                Text.of(wrapped),
                approval(recipient, recipientKey));
    }

    /**
     * A note to myself that this is somebody's public key: the server keeps it and cannot make one, so that it cannot give another key in
     * the place of one that was compared.
     */
    public String approval(String person, String publicKey) {
        if (person.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("an id has no line break");
        }
        byte[] key = Hkdf.derive(vaultKey, new byte[0], APPROVAL);
        return Text.of(Hkdf.hmac(key, Text.utf8(person + "\n" + publicKey)));
    }

    /**
     * Refuses a key that is not the one that was approved.
     *
     * @param approval as the server gave it; null if it gave none
     */
    public void mustBeApproved(String person, String publicKey, @Nullable String approval) throws CryptoFailed {
        boolean same =
                approval != null && MessageDigest.isEqual(Text.utf8(approval), Text.utf8(approval(person, publicKey)));
        if (!same) {
            throw new CryptoFailed(
                    Why.TAMPERED, "the server gave another key of " + person + " than the one that was compared");
        }
    }

    /**
     * Opens what somebody else shares with me: it was made by whoever has the private key to its {@code ownerKey}. That this is
     * the owner's is known only if the two have compared its {@link Fingerprint}.
     */
    public EntryText open(SharedEntry shared) throws CryptoFailed {
        if (shared.approval() != null) {
            mustBeApproved(shared.owner(), shared.ownerKey(), shared.approval());
        }
        byte[] ephemeral = Text.bytes(shared.ephemeral());
        byte[] ownerKey = Text.bytes(shared.ownerKey());
        byte[] key = shareKey(
                P256.agree(privateKey, ephemeral),
                P256.agree(privateKey, ownerKey),
                ephemeral,
                ownerKey,
                Text.bytes(keys.publicKey()));
        byte[] dataKey = Box.open(
                key,
                Text.bytes(shared.wrapped()),
                Why.TAMPERED,
                "the key of a shared entry",
                SHARE,
                shared.entryId(),
                String.valueOf(shared.keyVersion()),
                owner,
                shared.owner());
        return open(dataKey, shared.owner(), shared.entryId(), shared.version(), shared.ciphertext());
    }

    private static byte[] shareKey(
            byte[] fromEphemeral, byte[] fromOwner, byte[] ephemeral, byte[] ownerKey, byte[] recipientKey) {
        return Hkdf.derive(join(fromEphemeral, fromOwner), join(ephemeral, ownerKey, recipientKey), SHARE);
    }

    private static Slot passwordSlot(
            String owner, MasterKey password, KdfParams kdf, byte[] vaultKey, SecureRandom random) {
        return new Slot(
                KeySet.PASSWORD,
                kdf,
                Text.of(Box.seal(random, password.vaultWrappingKey(), vaultKey, SLOT, KeySet.PASSWORD, owner)));
    }

    private static Slot recoverySlot(String owner, RecoveryCode code, byte[] vaultKey, SecureRandom random) {
        return new Slot(
                KeySet.RECOVERY,
                null,
                Text.of(Box.seal(random, code.vaultWrappingKey(), vaultKey, SLOT, KeySet.RECOVERY, owner)));
    }

    private byte[] freshKey() {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return key;
    }

    private static byte[] join(byte[]... parts) {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** Forgets the keys. */
    @Override
    public void close() {
        Arrays.fill(vaultKey, (byte) 0);
        Arrays.fill(privateKey, (byte) 0);
    }
}
