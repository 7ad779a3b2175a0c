package dev.devmentor.learning.engine.person;

import dev.devmentor.learning.engine.rating.Layer;
import dev.devmentor.learning.engine.rating.SharedRating;

/**
 * What everybody's answers say of everything, of skills, of items and of answering, in numbered epochs. What it says of an epoch that
 * has begun never changes, so that a fold can be repeated.
 */
public interface SharedDifficulties {

    /** The epoch in force at an event time; never falls as time goes on. */
    int epochAt(long atMicros);

    /** Difficulty of everything in an epoch. */
    SharedRating root(int epoch);

    /** Difficulty of a skill in an epoch. */
    SharedRating skill(int epoch, String skill);

    /** What is known of an item in an epoch. */
    Item item(int epoch, String item);

    /** What practice, pauses and streaks count for in an epoch. */
    Layer layer(int epoch);

    /**
     * An item.
     *
     * @param rating its difficulty beside that of everything and of its skills
     * @param guess probability that somebody who knows nothing is right, at least 0 and below 1
     * @param neededSeconds what a good answer takes; 0 if not known
     * @param shared whether everybody is asked it: a question of the bank
     */
    record Item(SharedRating rating, double guess, int neededSeconds, boolean shared) {

        /** Nothing known. */
        public static final Item UNKNOWN = new Item(SharedRating.ITEM, 0, 0, false);
    }

    /** Where nobody has answered anything yet: priors only, and a single epoch. */
    SharedDifficulties NONE = new SharedDifficulties() {
        @Override
        public int epochAt(long atMicros) {
            return 0;
        }

        @Override
        public SharedRating root(int epoch) {
            return SharedRating.ROOT;
        }

        @Override
        public SharedRating skill(int epoch, String skill) {
            return SharedRating.SKILL;
        }

        @Override
        public Item item(int epoch, String item) {
            return Item.UNKNOWN;
        }

        @Override
        public Layer layer(int epoch) {
            return Layer.INITIAL;
        }
    };
}
