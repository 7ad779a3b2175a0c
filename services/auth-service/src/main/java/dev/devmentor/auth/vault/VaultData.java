package dev.devmentor.auth.vault;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.devmentor.auth.personaldata.OwnData;
import dev.devmentor.auth.vault.EntryTable.Entry;
import dev.devmentor.auth.vault.VaultViews.KeysView;
import dev.devmentor.auth.vault.VaultViews.ReceivedView;
import dev.devmentor.auth.vault.VaultViews.SlotView;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A person's vault as it is stored, for the export of everything. It is read page by page: it may be larger than the memory. */
@ApplicationScoped
class VaultData implements OwnData {
    private static final int PAGE = 200;
    private static final long PAGE_BYTES = 2_097_152;

    private final VaultKeys keys;
    private final EntryTable entries;
    private final ShareTable shares;

    VaultData(VaultKeys keys, EntryTable entries, ShareTable shares) {
        this.keys = keys;
        this.entries = entries;
        this.shares = shares;
    }

    @Override
    public String name() {
        return "vault";
    }

    @Override
    public Set<String> tables() {
        return Set.of("vault");
    }

    @Override
    public Map<String, String> leftOut() {
        return Map.of("vault_lookup", "a number of questions within the last hour");
    }

    @Override
    public void write(Connection connection, String accountId, JsonGenerator out) throws SQLException, IOException {
        out.writeStartObject();
        out.writeStringField("owner", accountId);
        out.writeStringField("howToRead", VaultExport.HOW_TO_READ);
        KeysView view = keys.view(connection, accountId);
        if (view != null) {
            keys(view, out);
        }
        out.writeArrayFieldStart("entries");
        UUID after = null;
        List<Entry> page;
        do {
            page = entries.page(connection, accountId, after, PAGE, PAGE_BYTES);
            for (Entry entry : page) {
                entry(entry, out);
                after = entry.id();
            }
        } while (!page.isEmpty());
        out.writeEndArray();
        out.writeArrayFieldStart("sharedWithMe");
        for (ReceivedView share : shares.received(connection, accountId, null, Integer.MAX_VALUE)) {
            out.writeStartObject();
            out.writeStringField("id", share.id());
            out.writeStringField("owner", share.owner());
            out.writeStringField("entryId", share.entryId());
            out.writeBooleanField("accepted", share.accepted());
            out.writeStringField("since", share.since().toString());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void keys(KeysView view, JsonGenerator out) throws IOException {
        out.writeObjectFieldStart("keys");
        out.writeStringField("format", String.valueOf(view.format()));
        out.writeStringField("version", String.valueOf(view.version()));
        out.writeStringField("publicKey", view.publicKey());
        out.writeStringField("privateKey", view.privateKey());
        out.writeArrayFieldStart("slots");
        for (SlotView slot : view.slots() == null ? List.<SlotView>of() : view.slots()) {
            out.writeStartObject();
            out.writeStringField("kind", slot.kind());
            if (slot.salt() != null) {
                out.writeStringField("salt", slot.salt());
                out.writeStringField("iterations", String.valueOf(slot.iterations()));
            }
            out.writeStringField("wrapped", slot.wrapped());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void entry(Entry entry, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeStringField("id", entry.id().toString());
        out.writeNumberField("version", entry.version());
        out.writeNumberField("keyVersion", entry.keyVersion());
        out.writeStringField("dataKey", Encoded.text(entry.dataKey()));
        out.writeStringField("ciphertext", Encoded.text(entry.ciphertext()));
        out.writeStringField("updatedAt", entry.updatedAt().toString());
        out.writeEndObject();
    }
}
