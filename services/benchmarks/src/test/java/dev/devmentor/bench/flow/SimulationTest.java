package dev.devmentor.bench.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.bench.flow.Simulation.Outcome;
import dev.devmentor.learning.engine.rating.Layer;
import dev.devmentor.learning.engine.rating.LayerEvidence;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SimulationTest {

    private static final List<Pool.Item> LARGE = Pool.even(8_000, -8, 8);
    private static final Supplier<Policy> RATING = () -> new RatingPolicy(Layer.INITIAL, new LayerEvidence());

    @Test
    void theRatingFollowsAJumpThatEloMisses() {
        Simulation simulation = new Simulation(LARGE, 200, 160, 100, 1.5, 3);
        assertThat(simulation.run(EloPolicy::new).population(131, 160)).isGreaterThan(85);
        assertThat(simulation.run(RATING).population(131, 160)).isLessThan(80);
    }

    @Test
    void theSameSeedGivesTheSameLearners() {
        Simulation simulation = new Simulation(LARGE, 20, 50, 50, 0, 3);
        assertThat(simulation.run(RATING).truth())
                .isDeepEqualTo(simulation.run(RATING).truth());
    }

    @Test
    void aLargePoolLacksNothingAndASmallOneSaysWhatItLacks() {
        assertThat(new Simulation(LARGE, 20, 100, 100, 0, 3).run(RATING).missing())
                .isEmpty();
        Outcome starved = new Simulation(Pool.even(100, 0, 3), 20, 50, 50, 0, 3).run(RATING);
        assertThat(starved.missing()).isNotEmpty();
        assertThat(starved.missing().keySet()).allMatch(level -> level < 3);
    }

    @Test
    void aPoolGivesTheNearestUnaskedItems() {
        List<Pool.Item> items = Pool.even(4, 0, 4); // .5, 1.5, 2.5, 3.5
        Pool pool = new Pool(items);
        pool.ask(items.get(1));
        assertThat(pool.nearest(1.6)).containsExactly(items.get(0), items.get(2));
        assertThat(pool.nearest(9)).containsExactly(items.get(3));
        assertThat(pool.nearest(-9)).containsExactly(items.get(0));
    }
}
