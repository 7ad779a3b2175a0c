package dev.devmentor.clientcrypto;

/**
 * What this device has seen of a vault, so that it notices when the server gives an older state. Ids and versions are no secret. A
 * device that has seen nothing yet cannot notice it.
 */
public interface SeenVersions {
    /** Highest version of an entry that was seen; 0 if none was. */
    int highest(String owner, String entryId);

    /** Notes a version. */
    void seen(String owner, String entryId, int version);

    /** Notes that an entry was deleted from here. */
    void deleted(String owner, String entryId);
}
