package dev.devmentor.events.tools;

import dev.devmentor.events.Channel;
import dev.devmentor.events.EventCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** Writes {@code docs/event-map.md}: {@code EventMap FILE}. */
public final class EventMap {
    private EventMap() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("usage: EventMap FILE");
        }
        Path file = Path.of(arguments[0]);
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(file, markdown(EventCatalog.channels()));
    }

    /** The whole page. */
    public static String markdown(List<Channel> channels) {
        StringBuilder page = new StringBuilder();
        page.append("<!-- Generated from events-schema/asyncapi.yaml; ")
                .append("./mvnw -pl events-schema verify -Ddevmentor.update=true writes it anew. -->\n\n")
                .append("# Event map\n\n")
                .append("Every channel, who sends to it and who receives it. The topic is the type of the event. ")
                .append("*external* is everybody outside DevMentor who keeps to the contract ")
                .append("([how to](produce-events.md)).\n");
        page.append("\n## Flowing today\n\n").append(diagram(channels));
        table(page, channels, Channel.Status.LIVE);
        if (channels.stream().anyMatch(channel -> channel.status() == Channel.Status.EXTERNAL)) {
            page.append("\n## Open to outside parties, used by no part of DevMentor yet\n\n");
            table(page, channels, Channel.Status.EXTERNAL);
        }
        page.append(
                "\n## Planned\n\nThe names are taken; nobody may rely on them before their schemas are released.\n\n");
        table(page, channels, Channel.Status.PLANNED);
        return page.toString();
    }

    private static void table(StringBuilder page, List<Channel> channels, Channel.Status status) {
        page.append("| topic | says | senders | receivers |\n|---|---|---|---|\n");
        for (Channel channel : channels) {
            if (channel.status() == status) {
                page.append("| `")
                        .append(channel.topic())
                        .append("` | ")
                        .append(channel.title())
                        .append(" | ")
                        .append(ends(channel.senders(), channel.plannedSenders()))
                        .append(" | ")
                        .append(ends(channel.receivers(), channel.plannedReceivers()))
                        .append(" |\n");
            }
        }
    }

    private static String ends(List<String> now, List<String> later) {
        List<String> all = new ArrayList<>(now);
        later.forEach(end -> all.add(end + " (planned)"));
        return String.join(", ", all);
    }

    private static String diagram(List<Channel> channels) {
        StringBuilder diagram = new StringBuilder("```mermaid\nflowchart LR\n");
        TreeSet<String> senders = new TreeSet<>();
        TreeSet<String> receivers = new TreeSet<>();
        List<String> edges = new ArrayList<>();
        for (Channel channel : channels) {
            if (channel.status() != Channel.Status.LIVE) {
                continue;
            }
            String topic = id("topic", channel.topic());
            diagram.append("  ")
                    .append(topic)
                    .append("[/\"")
                    .append(channel.topic())
                    .append("\"/]\n");
            for (String sender : channel.senders()) {
                senders.add(sender);
                edges.add("  " + id("from", sender) + " --> " + topic + "\n");
            }
            for (String receiver : channel.receivers()) {
                receivers.add(receiver);
                edges.add("  " + topic + " --> " + id("to", receiver) + "\n");
            }
        }
        senders.forEach(part -> diagram.append(node("from", part)));
        receivers.forEach(part -> diagram.append(node("to", part)));
        edges.forEach(diagram::append);
        return diagram.append("```\n\n").toString();
    }

    private static String node(String side, String part) {
        return "  " + id(side, part) + "([\"" + part + "\"])\n";
    }

    private static String id(String kind, String name) {
        return kind + "_" + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    }
}
