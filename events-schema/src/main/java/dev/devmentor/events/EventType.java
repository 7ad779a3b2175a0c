package dev.devmentor.events;

import java.nio.charset.StandardCharsets;

/**
 * A type of event in one version. Its name is the topic's name too.
 *
 * @param <T> the record of its data
 */
public final class EventType<T> {
    /** Every schema is published below this address, and on the class path below {@code /schemas/}. */
    static final String SCHEMA_BASE = "https://devmentor.dev/schemas/";

    private final String name;
    private final int version;
    private final Class<T> dataClass;
    private final Codec<T> codec;
    private final String schemaUri;
    private final byte[] nameBytes;
    private final byte[] schemaUriBytes;

    EventType(String name, int version, Class<T> dataClass, Codec<T> codec) {
        this.name = name;
        this.version = version;
        this.dataClass = dataClass;
        this.codec = codec;
        this.schemaUri = SCHEMA_BASE + name + "/v" + version + ".json";
        this.nameBytes = name.getBytes(StandardCharsets.UTF_8);
        this.schemaUriBytes = schemaUri.getBytes(StandardCharsets.UTF_8);
    }

    public String name() {
        return name;
    }

    public String topic() {
        return name;
    }

    public int version() {
        return version;
    }

    public Class<T> dataClass() {
        return dataClass;
    }

    /** The {@code dataschema} of its events. */
    public String schemaUri() {
        return schemaUri;
    }

    /** Where the schema lies on the class path. */
    public String schemaResource() {
        return "/schemas/" + name + "/v" + version + ".json";
    }

    Codec<T> codec() {
        return codec;
    }

    byte[] nameBytes() {
        return nameBytes;
    }

    byte[] schemaUriBytes() {
        return schemaUriBytes;
    }

    @Override
    public String toString() {
        return name + "/v" + version;
    }
}
