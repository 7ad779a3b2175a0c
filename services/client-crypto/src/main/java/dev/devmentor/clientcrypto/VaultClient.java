package dev.devmentor.clientcrypto;

import com.fasterxml.jackson.databind.JsonNode;
import dev.devmentor.clientcrypto.CryptoFailed.Why;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A person's vault on a server: everything is encrypted before it is sent and opened after it has come. */
public final class VaultClient {
    private static final String PATH = "/api/auth/vault";

    private final Http http;
    private final AccessTokenSource tokens;
    private final SeenVersions seen;
    private final SecureRandom random;

    public VaultClient(Http http, AccessTokenSource tokens, SeenVersions seen, SecureRandom random) {
        this.http = http;
        this.tokens = tokens;
        this.seen = seen;
        this.random = random;
    }

    /**
     * What the server has.
     *
     * @param owner id of the caller
     * @param keys null as long as the vault is not set up
     */
    public record Status(String owner, @Nullable KeySet keys, int entries, long bytes) {}

    /** An entry and what it says. */
    public record Opened(SealedEntry entry, EntryText text) {}

    /** Somebody to share with. Share only after the two have compared the fingerprint. */
    public record Person(String account, String publicKey, String fingerprint) {}

    /** Somebody with whom an entry is shared. */
    public record Given(String recipient, String email, String recipientKey, String approval, boolean accepted) {}

    /** Something that somebody shares with me. */
    public record Received(
            String share, String owner, String email, String ownerKey, String entryId, boolean accepted) {}

    /** A new vault and the code that the person has to keep on paper. */
    public record SetUp(Vault vault, RecoveryCode code) {}

    /** What the server has. */
    public Status status() throws IOException, InterruptedException, CryptoFailed {
        JsonNode json = get(PATH);
        return new Status(
                Json.text(json, "owner"),
                json.hasNonNull("keys") ? KeySet.parse(json.get("keys").toString()) : null,
                Json.number(json, "entries"),
                json.path("bytes").asLong());
    }

    /** Sets the vault up. Show the code once; nobody can find it again. */
    public SetUp setUp(MasterKey key, KdfParams kdf) throws IOException, InterruptedException, CryptoFailed {
        RecoveryCode code = RecoveryCode.fresh(random);
        Vault vault = Vault.create(status().owner(), key, kdf, code, random);
        send("PUT", PATH + "/keys", vault.keys().json());
        return new SetUp(vault, code);
    }

    /** Opens the vault with its password; takes half a second. */
    public Vault unlock(char[] password) throws IOException, InterruptedException, CryptoFailed {
        Status status = status();
        KeySet keys = keys(status);
        try (MasterKey key = MasterKey.derive(password, keys.kdf())) {
            return Vault.unlock(status.owner(), keys, key, random);
        }
    }

    /** Opens the vault with a key that the login has made. */
    public Vault unlock(MasterKey key) throws IOException, InterruptedException, CryptoFailed {
        Status status = status();
        return Vault.unlock(status.owner(), keys(status), key, random);
    }

    /** Opens the vault with the recovery code. */
    public Vault unlock(RecoveryCode code) throws IOException, InterruptedException, CryptoFailed {
        Status status = status();
        return Vault.unlock(status.owner(), keys(status), code, random);
    }

    private static KeySet keys(Status status) throws CryptoFailed {
        if (status.keys() == null) {
            throw new CryptoFailed(Why.UNREADABLE, "there is no vault yet");
        }
        return status.keys();
    }

    /** Stores the keys of a vault that has got another password or recovery code. */
    public void store(Vault rewrapped) throws IOException, InterruptedException {
        send("PUT", PATH + "/keys", rewrapped.keys().json());
    }

    /**
     * All entries.
     *
     * @throws CryptoFailed if one of them cannot be opened
     */
    public List<Opened> list(Vault vault) throws IOException, InterruptedException, CryptoFailed {
        Listing listing = listing(vault);
        if (!listing.broken().isEmpty()) {
            throw listing.broken().getFirst().failure();
        }
        return listing.opened();
    }

    /** An entry that could not be opened. */
    public record Broken(String id, CryptoFailed failure) {}

    /** All entries: one that cannot be opened does not hide the others. */
    public record Listing(List<Opened> opened, List<Broken> broken) {}

    /** All entries, those that cannot be opened too. */
    public Listing listing(Vault vault) throws IOException, InterruptedException, CryptoFailed {
        Listing all = new Listing(new ArrayList<>(), new ArrayList<>());
        String cursor = "";
        do {
            JsonNode page = get(PATH + "/entries?limit=200" + cursor);
            for (JsonNode json : page.path("entries")) {
                SealedEntry entry = SealedEntry.of(json);
                try {
                    all.opened().add(open(vault, entry));
                } catch (CryptoFailed failure) {
                    all.broken().add(new Broken(entry.id(), failure));
                }
            }
            cursor = page.hasNonNull("next") ? "&cursor=" + encoded(Json.text(page, "next")) : "";
        } while (!cursor.isEmpty());
        return all;
    }

    /** One entry. */
    public Opened get(Vault vault, String id) throws IOException, InterruptedException, CryptoFailed {
        SealedEntry entry = SealedEntry.of(get(PATH + "/entries/" + encoded(id)));
        if (!entry.id().equals(id)) {
            throw new CryptoFailed(Why.TAMPERED, "the server gave another entry");
        }
        return open(vault, entry);
    }

    private Opened open(Vault vault, SealedEntry entry) throws CryptoFailed {
        if (entry.version() < seen.highest(vault.owner(), entry.id())) {
            throw new CryptoFailed(
                    Why.ROLLED_BACK, "the server gave an older version of an entry than this device has seen");
        }
        EntryText text = vault.open(entry);
        seen.seen(vault.owner(), entry.id(), entry.version());
        return new Opened(entry, text);
    }

    /** Adds an entry. */
    public Opened add(Vault vault, EntryText text) throws IOException, InterruptedException {
        return store(vault, vault.seal(text), text);
    }

    /**
     * Stores the next version of an entry.
     *
     * @throws ServerRefused 409 {@code version-conflict} if another device was faster
     */
    public Opened change(Vault vault, Opened old, EntryText text)
            throws IOException, InterruptedException, CryptoFailed {
        return store(vault, vault.change(old.entry(), text), text);
    }

    private Opened store(Vault vault, SealedEntry entry, EntryText text) throws IOException, InterruptedException {
        send("PUT", PATH + "/entries/" + entry.id(), entry.json());
        seen.seen(vault.owner(), entry.id(), entry.version());
        return new Opened(entry, text);
    }

    /** Deletes an entry. */
    public void delete(Vault vault, Opened old) throws IOException, InterruptedException {
        send(
                "DELETE",
                PATH + "/entries/" + old.entry().id() + "?version="
                        + old.entry().version(),
                null);
        seen.deleted(vault.owner(), old.entry().id());
    }

    /** Somebody's public key, by their address. */
    public Person person(String email) throws IOException, InterruptedException, CryptoFailed {
        JsonNode json = get(PATH + "/keys/" + encoded(email));
        String publicKey = Json.text(json, "publicKey");
        return new Person(Json.text(json, "account"), publicKey, Fingerprint.of(publicKey));
    }

    /** Shares an entry with somebody whose fingerprint was compared. */
    public void share(Vault vault, Opened entry, Person with) throws IOException, InterruptedException, CryptoFailed {
        SealedShare share = vault.share(entry.entry(), with.account(), with.publicKey());
        send("PUT", PATH + "/entries/" + entry.entry().id() + "/shares/" + encoded(with.account()), share.json());
    }

    /** With whom an entry is shared. */
    public List<Given> given(Opened entry) throws IOException, InterruptedException, CryptoFailed {
        List<Given> all = new ArrayList<>();
        for (JsonNode share :
                get(PATH + "/entries/" + entry.entry().id() + "/shares").path("shares")) {
            all.add(new Given(
                    Json.text(share, "recipient"),
                    Json.text(share, "email"),
                    Json.text(share, "recipientKey"),
                    Json.text(share, "approval"),
                    share.path("accepted").asBoolean()));
        }
        return all;
    }

    /**
     * Takes a share back: the entry is stored anew under a new data key, which all others get that it is shared with. What the
     * recipient has read before, they may have kept.
     */
    public Opened revoke(Vault vault, Opened entry, String recipient)
            throws IOException, InterruptedException, CryptoFailed {
        SealedEntry rekeyed = vault.rekey(entry.entry(), entry.text());
        List<SealedShare> kept = new ArrayList<>();
        for (Given given : given(entry)) {
            if (!given.recipient().equals(recipient)) {
                vault.mustBeApproved(given.recipient(), given.recipientKey(), given.approval());
                kept.add(vault.share(rekeyed, given.recipient(), given.recipientKey()));
            }
        }
        send("PUT", PATH + "/entries/" + rekeyed.id(), rekeyed.json(kept));
        seen.seen(vault.owner(), rekeyed.id(), rekeyed.version());
        return new Opened(rekeyed, entry.text());
    }

    /** What others share with me. */
    public List<Received> received() throws IOException, InterruptedException, CryptoFailed {
        List<Received> all = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = get(PATH + "/shares?limit=200" + cursor);
            for (JsonNode share : page.path("shares")) {
                all.add(new Received(
                        Json.text(share, "id"),
                        Json.text(share, "owner"),
                        Json.text(share, "email"),
                        Json.text(share, "ownerKey"),
                        Json.text(share, "entryId"),
                        share.path("accepted").asBoolean()));
            }
            cursor = page.hasNonNull("next") ? "&cursor=" + encoded(Json.text(page, "next")) : "";
        } while (!cursor.isEmpty());
        return all;
    }

    /** Reads something that somebody shares with me. */
    public EntryText read(Vault vault, Received share) throws IOException, InterruptedException, CryptoFailed {
        SharedEntry shared = SharedEntry.of(get(PATH + "/shares/" + encoded(share.share())));
        if (!shared.owner().equals(share.owner()) || !shared.ownerKey().equals(share.ownerKey())) {
            throw new CryptoFailed(Why.TAMPERED, "the server gave another share");
        }
        if (share.accepted()) {
            vault.mustBeApproved(shared.owner(), shared.ownerKey(), shared.approval());
        }
        if (shared.version() < seen.highest(shared.owner(), shared.entryId())) {
            throw new CryptoFailed(
                    Why.ROLLED_BACK, "the server gave an older version of an entry than this device has seen");
        }
        EntryText text = vault.open(shared);
        seen.seen(shared.owner(), shared.entryId(), shared.version());
        return text;
    }

    /** Accepts a share of somebody whose fingerprint was compared; from then on another key of theirs is noticed. */
    public void accept(Vault vault, Received share) throws IOException, InterruptedException {
        send(
                "POST",
                PATH + "/shares/" + encoded(share.share()) + "/accept",
                Json.object()
                        .put("approval", vault.approval(share.owner(), share.ownerKey()))
                        .toString());
    }

    /** Declines a share, or drops it. */
    public void leave(Received share) throws IOException, InterruptedException {
        send("DELETE", PATH + "/shares/" + encoded(share.share()), null);
    }

    private JsonNode get(String path) throws IOException, InterruptedException, CryptoFailed {
        return Json.parse(send("GET", path, null));
    }

    private String send(String method, String path, @Nullable String json) throws IOException, InterruptedException {
        Http.Answer answer = http.send(method, path, tokens.accessToken(), json);
        if (answer.status() >= 300) {
            throw ServerRefused.of(answer);
        }
        return answer.body();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
