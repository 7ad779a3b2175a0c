package dev.devmentor.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The channels of the AsyncAPI document, from a digest of it that the build keeps equal ({@code channels.json}). */
public final class EventCatalog {
    /** Everybody outside DevMentor who keeps to the contract. */
    public static final String EXTERNAL = "external";

    /** Every part of DevMentor that may stand in the document, built or planned. */
    private static final Set<String> PARTS = Set.of(
            "api-gateway",
            "ai-gateway",
            "auth-service",
            "memory-service",
            "project-service",
            "learning-service",
            "monitoring-service",
            "repo-analyzer",
            "pbml-service",
            "feature-center",
            "scraper-service",
            "websocket-gateway",
            "cli");

    private static final String RESOURCE = "/dev/devmentor/events/channels.json";

    private EventCatalog() {}

    /** All channels, in the document's order. */
    public static List<Channel> channels() {
        try (InputStream in = EventCatalog.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the class path");
            }
            try (JsonParser parser = new JsonFactory().createParser(in)) {
                return read(parser);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The live topics that {@code part} receives; patterns are left out. */
    public static List<String> receivedBy(String part) {
        return channels().stream()
                .filter(channel -> channel.status() == Channel.Status.LIVE && !channel.isPattern())
                .filter(channel -> channel.receivers().contains(part))
                .map(Channel::topic)
                .toList();
    }

    /** The live topics that {@code part} sends to; patterns are left out. */
    public static List<String> sentBy(String part) {
        return channels().stream()
                .filter(channel -> channel.status() == Channel.Status.LIVE && !channel.isPattern())
                .filter(channel -> channel.senders().contains(part))
                .map(Channel::topic)
                .toList();
    }

    /** What contract 9 forbids, in words; empty where all is well. */
    public static List<String> violations(List<Channel> channels) {
        List<String> found = new ArrayList<>();
        Map<String, Channel> byTopic = new HashMap<>();
        for (Channel channel : channels) {
            String topic = channel.topic();
            if (byTopic.put(topic, channel) != null) {
                found.add(topic + " is described twice");
            }
            boolean live = channel.status() == Channel.Status.LIVE;
            if (live && channel.senders().isEmpty()) {
                found.add(topic + " is live and nobody sends to it");
            }
            if (live && channel.receivers().isEmpty()) {
                found.add(topic + " is live and nobody receives it");
            }
            List<String> ends = new ArrayList<>(channel.senders());
            ends.addAll(channel.receivers());
            boolean ours = ends.stream().anyMatch(PARTS::contains);
            if (live && !ours) {
                found.add(topic + " is live and no part of DevMentor sends or receives it");
            }
            if (channel.status() == Channel.Status.EXTERNAL && (ours || !ends.contains(EXTERNAL))) {
                found.add(topic + " is external and its ends are not outside parties alone");
            }
            if (live && !channel.isPattern() && EventTypes.byName(topic) == null) {
                found.add(topic + " is live and has no released schema");
            }
            ends.addAll(channel.plannedSenders());
            ends.addAll(channel.plannedReceivers());
            for (String end : ends) {
                if (!end.equals(EXTERNAL) && !PARTS.contains(end)) {
                    found.add(topic + " names " + end + ", which is no part of DevMentor");
                }
            }
        }
        for (EventType<?> type : EventTypes.all()) {
            if (!byTopic.containsKey(type.topic())) {
                found.add(type.topic() + " has a released schema and no channel");
            }
        }
        return found;
    }

    private static List<Channel> read(JsonParser parser) throws IOException {
        List<Channel> channels = new ArrayList<>();
        parser.nextToken();
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            Map<String, String> texts = new HashMap<>();
            Map<String, List<String>> lists = new HashMap<>();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                if (parser.nextToken() == JsonToken.START_ARRAY) {
                    List<String> items = new ArrayList<>();
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        items.add(parser.getText());
                    }
                    lists.put(name, items);
                } else {
                    texts.put(name, parser.getText());
                }
            }
            channels.add(new Channel(
                    texts.getOrDefault("topic", ""),
                    texts.getOrDefault("title", ""),
                    Channel.Status.valueOf(texts.getOrDefault("status", "").toUpperCase(Locale.ROOT)),
                    lists.getOrDefault("senders", List.of()),
                    lists.getOrDefault("receivers", List.of()),
                    lists.getOrDefault("plannedSenders", List.of()),
                    lists.getOrDefault("plannedReceivers", List.of())));
        }
        return List.copyOf(channels);
    }
}
