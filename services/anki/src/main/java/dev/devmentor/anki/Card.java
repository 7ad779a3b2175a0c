package dev.devmentor.anki;

/**
 * A card. Cards of one note are siblings.
 *
 * @param id when it was made, milliseconds since 1970
 * @param ordinal which template, or which gap of a cloze, from 0
 * @param deckId its home, also while a filtered deck has borrowed it
 * @param type 0 new, 1 learning, 2 review, 3 relearning
 * @param queue −1 suspended, −2 and −3 buried, otherwise as {@code type}
 * @param due what it means depends on {@code type}: a position, a second, or a day of the collection
 * @param interval days if positive, seconds if negative
 * @param factor ease in thousandths; 0 of a new card
 */
public record Card(
        long id,
        long noteId,
        int ordinal,
        long deckId,
        long modifiedSeconds,
        int type,
        int queue,
        long due,
        int interval,
        int factor,
        int repetitions,
        int lapses) {

    /** Whether the person has put it aside. */
    public boolean suspended() {
        return queue == -1;
    }
}
