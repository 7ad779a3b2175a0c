package dev.devmentor.anki;

/**
 * How much of a file is taken. What is over a limit refuses the file, except a note or a name that is too long, which is
 * passed over and counted.
 *
 * @param archiveBytes size of the file itself
 * @param archiveEntries files in it, media among them
 * @param collectionBytes size of the collection, unpacked
 * @param expansion how many times larger than packed the collection may be, if it is over 16 MiB
 * @param rows notes, cards and reviews, each
 * @param names decks and note types, each
 * @param noteBytes a note with all its fields
 * @param settingsBytes the row in which old versions keep decks and note types
 */
public record AnkiLimits(
        long archiveBytes,
        int archiveEntries,
        long collectionBytes,
        int expansion,
        int rows,
        int names,
        int noteBytes,
        int settingsBytes) {

    /** 100 MiB packed, 1 GiB unpacked, two million rows. */
    public static final AnkiLimits DEFAULT =
            new AnkiLimits(100L << 20, 200_000, 1L << 30, 200, 2_000_000, 20_000, 1 << 20, 16 << 20);
}
