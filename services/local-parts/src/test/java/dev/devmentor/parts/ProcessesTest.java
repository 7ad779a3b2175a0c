package dev.devmentor.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessesTest {
    @Test
    void namesAJvmByItsMainClassAndNotByItsFlags() {
        assertThat(Processes.describe(List.of("/opt/jdk/bin/java", "-Xmx1g", "-cp", "a.jar:b.jar", "kafka.Kafka", "x")))
                .isEqualTo("java kafka.Kafka x");
        assertThat(Processes.describe(List.of("java", "-Xmx1g", "-jar", "app.jar", "--port")))
                .isEqualTo("java -jar app.jar");
        assertThat(Processes.describe(List.of("nginx", "-g", "daemon off;"))).isEqualTo("nginx -g daemon off;");
    }

    @Test
    void readsTheStartTickBehindAProgramNameWithBlanksAndParentheses() {
        String fields = "S 1 1 1 0 -1 4194560 0 0 0 0 0 0 0 0 20 0 1 0 987654 0 0";
        assertThat(Processes.identityOfStat("42 (a) b (c) " + fields))
                .hasValueSatisfying(identity -> assertThat(identity).endsWith(":987654"));
    }

    @Test
    void takesAZombieForDead() {
        assertThat(Processes.identityOfStat("42 (java) Z 1 1 1 0 -1 4194560 0 0 0 0 0 0 0 0 20 0 1 0 987654 0 0"))
                .isEmpty();
    }

    @Test
    void doesNotTakeAReusedPidForTheProcessThatWasRecorded() {
        long self = ProcessHandle.current().pid();
        ProcessRecord mine = ProcessRecord.ofSelf("me");
        assertThat(mine.isAlive()).isTrue();
        assertThat(new ProcessRecord("earlier", self, mine.identity() + "0", Instant.now()).isAlive())
                .isFalse();
        assertThat(new ProcessRecord("cut off", self, "", Instant.now()).isAlive())
                .isFalse();
    }

    @Test
    void makesADeadLetterAndAReplayTopicForEveryConsumedEvent() {
        assertThat(EventTopics.of("learning-service", List.of("quiz.answered"), List.of("review.scheduled")))
                .extracting(TopicDefinition::name, TopicDefinition::partitions)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("quiz.answered", 6),
                        org.assertj.core.groups.Tuple.tuple("quiz.answered.dlq.learning-service", 1),
                        org.assertj.core.groups.Tuple.tuple("quiz.answered.replay.learning-service", 1),
                        org.assertj.core.groups.Tuple.tuple("review.scheduled", 6));
    }
}
