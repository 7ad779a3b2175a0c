package dev.devmentor.learning.engine.skill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devmentor.learning.engine.skill.SkillGraph.Built;
import dev.devmentor.learning.engine.skill.SkillGraph.Cyclic;
import dev.devmentor.learning.engine.skill.SkillGraph.Node;
import dev.devmentor.learning.engine.skill.SkillGraph.Repeated;
import dev.devmentor.learning.engine.skill.SkillGraph.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SkillGraphTest {
    /** topics, then partitions, then producers and consumers, then offsets (of consumers), then transactions (of both). */
    static final SkillGraph KAFKA = graph(
            node("topics"),
            node("partitions", "topics"),
            node("producers", "partitions"),
            node("consumers", "partitions"),
            node("offsets", "consumers"),
            node("transactions", "producers", "offsets"));

    public static Node node(String id, String... prerequisites) {
        return new Node(id, List.of(prerequisites), 0);
    }

    public static SkillGraph graph(Node... nodes) {
        if (SkillGraph.of(List.of(nodes)) instanceof Built(SkillGraph graph)) {
            return graph;
        }
        throw new IllegalArgumentException("no graph");
    }

    @Test
    void ordersEachSkillBehindItsPrerequisitesAndOtherwiseById() {
        assertThat(KAFKA.order())
                .containsExactly("topics", "partitions", "consumers", "offsets", "producers", "transactions");
        assertThat(KAFKA.place("offsets")).isEqualTo(3);
        assertThat(KAFKA.place("cooking")).isEqualTo(-1);
    }

    @Test
    void knowsHowFarAwayEverythingIs() {
        assertThat(KAFKA.ancestors("transactions"))
                .isEqualTo(Map.of("producers", 1, "offsets", 1, "consumers", 2, "partitions", 2, "topics", 3));
        assertThat(KAFKA.descendants("consumers")).isEqualTo(Map.of("offsets", 1, "transactions", 2));
        assertThat(KAFKA.withPrerequisites(List.of("consumers", "cooking")))
                .containsExactly("consumers", "cooking", "partitions", "topics");
    }

    @Test
    void aPersonsOwnSkillsMayBuildOnThoseThatAreThere() {
        SkillGraph own = ((Built) KAFKA.with(List.of(node("our-billing-topics", "offsets")))).graph();

        assertThat(own.ancestors("our-billing-topics").keySet())
                .containsExactly("consumers", "offsets", "partitions", "topics");
        assertThat(KAFKA.contains("our-billing-topics")).isFalse();
    }

    @Test
    void aSkillThatIsNotInItHasNoNeighbours() {
        assertThat(KAFKA.prerequisites("cooking")).isEmpty();
        assertThat(KAFKA.descendants("cooking")).isEmpty();
        assertThat(KAFKA.bloom("cooking")).isZero();
    }

    @Test
    void aCircleIsRefusedWithTheNamesOnIt() {
        SkillGraph.Outcome outcome = SkillGraph.of(
                List.of(node("start", "c"), node("c", "b"), node("b", "a"), node("a", "c"), node("free")));

        assertThat(outcome).isEqualTo(new Cyclic(List.of("a", "c", "b", "a")));
        assertThat(outcome).hasToString("a needs c needs b needs a");
        assertThat(SkillGraph.of(List.of(node("a", "a")))).isEqualTo(new Cyclic(List.of("a", "a")));
    }

    @Test
    void aMissingPrerequisiteAndARepeatedIdAreRefused() {
        assertThat(SkillGraph.of(List.of(node("a", "b")))).isEqualTo(new Unknown("a", "b"));
        assertThat(KAFKA.with(List.of(node("topics")))).isEqualTo(new Repeated("topics"));
        assertThatThrownBy(() -> new Node("a", List.of(), 7)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ofRandomGraphsEitherTheOrderHoldsOrTheCircleIsReal() {
        SplittableRandom random = new SplittableRandom(20261124);
        int circles = 0;
        for (int round = 0; round < 500; round++) {
            List<Node> nodes = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                List<String> before = new ArrayList<>();
                for (int k = random.nextInt(3); k > 0; k--) {
                    before.add("s" + random.nextInt(12));
                }
                nodes.add(new Node("s" + i, before, 0));
            }
            Map<String, List<String>> edges = new java.util.HashMap<>();
            nodes.forEach(node -> edges.put(node.id(), node.prerequisites()));
            switch (SkillGraph.of(nodes)) {
                case Built(SkillGraph graph) -> {
                    for (Node node : nodes) {
                        for (String before : node.prerequisites()) {
                            assertThat(graph.place(before)).isLessThan(graph.place(node.id()));
                        }
                    }
                }
                case Cyclic(List<String> circle) -> {
                    circles++;
                    assertThat(circle.getFirst()).isEqualTo(circle.getLast());
                    for (int i = 1; i < circle.size(); i++) {
                        assertThat(edges.get(circle.get(i - 1))).contains(circle.get(i));
                    }
                }
                default -> throw new AssertionError("neither repeated nor unknown");
            }
        }
        assertThat(circles).isBetween(50, 450);
    }
}
