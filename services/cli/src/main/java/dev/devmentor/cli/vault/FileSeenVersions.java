package dev.devmentor.cli.vault;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.clientcrypto.SeenVersions;
import dev.devmentor.parts.PrivateFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What this data directory has seen of vaults, in a file for its owner alone: owner, entry, version. */
final class FileSeenVersions implements SeenVersions {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;

    FileSeenVersions(Path file) {
        this.file = file;
    }

    @Override
    public int highest(String owner, String entryId) {
        return read().path(owner).path(entryId).asInt();
    }

    @Override
    public void seen(String owner, String entryId, int version) {
        ObjectNode all = read();
        ObjectNode entries = all.withObjectProperty(owner);
        if (entries.path(entryId).asInt() < version) {
            entries.put(entryId, version);
            PrivateFiles.write(file, all.toString());
        }
    }

    @Override
    public void deleted(String owner, String entryId) {
        ObjectNode all = read();
        if (all.path(owner) instanceof ObjectNode entries && entries.remove(entryId) != null) {
            PrivateFiles.write(file, all.toString());
        }
    }

    /** Entries of an owner that were seen here and not deleted from here. */
    List<String> ids(String owner) {
        List<String> ids = new ArrayList<>();
        read().path(owner).fieldNames().forEachRemaining(ids::add);
        return ids;
    }

    /** A file that cannot be read is no reason to trust whatever the server gives: the person decides. */
    private ObjectNode read() {
        String text = PrivateFiles.readOrNull(file);
        if (text == null) {
            return JSON.createObjectNode();
        }
        try {
            JsonNode json = JSON.readTree(text);
            if (json instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException broken) {
            throw unreadable(broken);
        }
        throw unreadable(null);
    }

    private Failed unreadable(@org.jspecify.annotations.Nullable Throwable cause) {
        return new Failed(
                file + " cannot be read, so an older state of the vault would not be noticed (delete it to begin anew)",
                cause == null ? new IllegalStateException("not an object") : cause);
    }
}
