package dev.devmentor.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.events.tools.EventMap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

final class EventCatalogTest {
    private static final List<String> PLATFORM = List.of(
            "task.created",
            "memory.updated",
            "quiz.answered",
            "task.updated",
            "task.status-changed",
            "task.completed",
            "code.changed",
            "pattern.learned",
            "review.scheduled",
            "achievement.unlocked",
            "user.registered",
            "user.online",
            "user.erased",
            "user.erasure-completed",
            "flag.changed",
            "incident.opened",
            "incident.resolved",
            "error.observed",
            "pattern.drifted",
            "sprint.started",
            "sprint.closed",
            "tdd.cycle-finished",
            "repo.scanned",
            "page.scraped",
            "ai.completed");

    private final JsonNode document = new YAMLMapper()
            .readTree(Repository.module().resolve("asyncapi.yaml").toFile());

    @Test
    void theDigestOfTheChannelsAgreesWithTheAsyncApiDocument() throws IOException {
        Repository.assertGenerated(
                Repository.module().resolve("src/main/resources/dev/devmentor/events/channels.json"),
                digest(documented()));
    }

    @Test
    void theCatalogueIsTheDocument() {
        if (!Repository.updating()) {
            assertThat(EventCatalog.channels()).isEqualTo(documented());
        }
    }

    @Test
    void everyEventOfThePlatformHasAChannelAndNothingElseHas() {
        assertThat(documented().stream().filter(channel -> !channel.isPattern()).map(Channel::topic))
                .containsExactlyInAnyOrderElementsOf(PLATFORM);
    }

    @Test
    void theDocumentKeepsContractNine() {
        assertThat(EventCatalog.violations(documented())).isEmpty();
    }

    @Test
    void theEventMapIsFresh() throws IOException {
        Repository.assertGenerated(Repository.root().resolve("docs/event-map.md"), EventMap.markdown(documented()));
    }

    @Test
    void aLiveChannelWithoutASenderIsAViolation() {
        assertThat(violationsWith(live("quiz.answered", List.of(), List.of("learning-service"))))
                .containsExactly("quiz.answered is live and nobody sends to it");
    }

    @Test
    void aLiveChannelWithoutAReceiverIsAViolation() {
        assertThat(violationsWith(live("quiz.answered", List.of("cli"), List.of())))
                .containsExactly("quiz.answered is live and nobody receives it");
    }

    @Test
    void aLiveChannelBetweenOutsidersIsAViolation() {
        assertThat(violationsWith(live("quiz.answered", List.of("external"), List.of("external"))))
                .containsExactly("quiz.answered is live and no part of DevMentor sends or receives it");
    }

    @Test
    void aLiveChannelWithoutASchemaIsAViolation() {
        assertThat(violationsWith(live("sprint.closed", List.of("cli"), List.of("external"))))
                .contains("sprint.closed is live and has no released schema");
    }

    @Test
    void anUnknownPartIsAViolation() {
        assertThat(violationsWith(live("quiz.answered", List.of("pm-service"), List.of("learning-service"))))
                .contains("quiz.answered names pm-service, which is no part of DevMentor");
    }

    @Test
    void aReleasedTypeWithoutAChannelIsAViolation() {
        assertThat(EventCatalog.violations(List.of())).hasSize(EventTypes.all().size());
    }

    @Test
    void tellsWhatTheLearningServiceReceives() {
        assertThat(EventCatalog.receivedBy("learning-service"))
                .containsExactlyInAnyOrder(
                        "quiz.answered",
                        "task.created",
                        "task.completed",
                        "memory.updated",
                        "user.erased",
                        "pattern.learned");
        assertThat(EventCatalog.sentBy("learning-service"))
                .containsExactlyInAnyOrder(
                        "quiz.answered",
                        "task.created",
                        "task.completed",
                        "memory.updated",
                        "review.scheduled",
                        "achievement.unlocked",
                        "user.erasure-completed");
    }

    @Test
    void everyReferenceOfTheDocumentResolves() {
        for (JsonNode reference : document.findValues("$ref")) {
            String target = reference.asString();
            if (target.startsWith("#")) {
                assertThat(document.at(target.substring(1)).isMissingNode())
                        .as(target)
                        .isFalse();
            } else {
                assertThat(Repository.module().resolve(target)).exists();
            }
        }
    }

    @Test
    void everyLiveEventHasItsOwnSchemaItsHeadersAndItsKey() {
        for (EventType<?> type : EventTypes.all()) {
            JsonNode channel = document.path("channels").path(type.name());
            JsonNode messages = channel.path("messages");
            assertThat(messages.size()).as(type.name()).isEqualTo(1);
            JsonNode message = document.at(
                    messages.iterator().next().path("$ref").asString().substring(1));
            assertThat(message.path("name").asString()).isEqualTo(type.name());
            assertThat(message.path("payload").path("$ref").asString()).isEqualTo("." + type.schemaResource());
            assertThat(message.path("headers").path("$ref").asString())
                    .isEqualTo("#/components/schemas/cloudEventHeaders");
            assertThat(message.at("/bindings/kafka/key/type").asString()).isEqualTo("string");
        }
    }

    @Test
    void theDocumentListsEveryReasonOfADeadLetter() {
        List<String> reasons = new ArrayList<>();
        document.at("/components/messages/deadLetter/headers/properties/devmentor-dlq-reason/enum")
                .forEach(reason -> reasons.add(reason.asString()));
        assertThat(reasons)
                .isEqualTo(List.of(Reason.values()).stream().map(Reason::code).toList());
    }

    @Test
    void theDocumentIsOnTheClassPath() {
        assertThat(EventCatalog.class.getResource("/asyncapi.yaml")).isNotNull();
    }

    private List<String> violationsWith(Channel changed) {
        return EventCatalog.violations(documented().stream()
                .map(channel -> channel.topic().equals(changed.topic()) ? changed : channel)
                .toList());
    }

    private static Channel live(String topic, List<String> senders, List<String> receivers) {
        return new Channel(topic, "", Channel.Status.LIVE, senders, receivers, List.of(), List.of());
    }

    private List<Channel> documented() {
        List<Channel> channels = new ArrayList<>();
        for (JsonNode channel : document.path("channels")) {
            channels.add(new Channel(
                    channel.path("address").asString(),
                    channel.path("title").asString(),
                    Channel.Status.valueOf(channel.path("x-status").asString().toUpperCase(Locale.ROOT)),
                    list(channel.path("x-senders")),
                    list(channel.path("x-receivers")),
                    list(channel.path("x-planned-senders")),
                    list(channel.path("x-planned-receivers"))));
        }
        return channels;
    }

    private static List<String> list(JsonNode node) {
        List<String> items = new ArrayList<>();
        node.forEach(item -> items.add(item.asString()));
        return items;
    }

    private static String digest(List<Channel> channels) {
        return channels.stream()
                .map(channel -> "  {\n    \"topic\": %s,\n    \"title\": %s,\n    \"status\": %s,\n%s\n  }"
                        .formatted(
                                quote(channel.topic()),
                                quote(channel.title()),
                                quote(channel.status().name().toLowerCase(Locale.ROOT)),
                                "    \"senders\": %s,\n    \"receivers\": %s,\n    \"plannedSenders\": %s,\n    \"plannedReceivers\": %s"
                                        .formatted(
                                                quote(channel.senders()),
                                                quote(channel.receivers()),
                                                quote(channel.plannedSenders()),
                                                quote(channel.plannedReceivers()))))
                .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    }

    private static String quote(List<String> texts) {
        return texts.stream().map(EventCatalogTest::quote).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String quote(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
