package dev.devmentor.learning.engine.text;

import java.util.List;

/** Texts that questions are made of in the tests. */
final class Texts {
    static final String BROKER = """
            # Logs and partitions

            Kafka is a distributed system for streams of records. A topic is a named stream to which producers write and from
            which consumers read. Every topic is split into partitions. A partition is an ordered log of records that only grows
            at its end. Records with the same key always go to the same partition, so their order is kept. The position of a
            record within its log is called the offset.

            A broker is a server that stores partitions on its disks. Each partition has one leader and several followers. The
            leader takes all writes, and the followers copy them. If the leader fails, a follower that is in sync takes its
            place within a few seconds. The controller is the node that assigns leaders and watches the health of the cluster.

            A consumer group is a set of processes that share the work of reading a topic. The coordinator gives every
            partition to exactly one member of the group. When a member leaves, the group rebalances. A member that sends no
            heartbeat for 45 seconds is regarded as gone. By default a batch holds 16384 bytes, and a fetch waits 500 ms at most.

            The broker deletes old segments after 168 hours unless a topic says otherwise. Compaction is a way of cleaning that
            keeps only the newest record of every key. A tombstone is a record without a value, and it removes its key during
            compaction. The three guarantees of delivery are called: at most once, at least once, and exactly once.

            The `acks` setting decides how many replicas have to confirm a write. With `enable.idempotence` the broker drops
            what a producer sends twice. The option `linger.ms` lets a producer wait for more records before it sends a batch.
            """;

    static final String DATENBANK = """
            # Relationale Datenbanken

            Eine Relation ist eine Menge von Tupeln mit denselben Attributen. Ein Primärschlüssel ist ein Attribut, das jedes
            Tupel eindeutig bestimmt. Ein Fremdschlüssel verweist auf den Schlüssel einer anderen Tabelle und sichert so die
            Integrität der Daten. Ein Index ist eine sortierte Struktur, die das Suchen nach Werten beschleunigt. Der B-Baum
            hält seine Blätter auf gleicher Höhe, z. B. auch nach vielen Einfügungen.

            Eine Transaktion ist eine Folge von Anweisungen, die ganz oder gar nicht ausgeführt wird. Die Atomarität sorgt dafür,
            dass nach einem Absturz keine halben Änderungen bleiben. Die Isolation trennt gleichzeitig laufende Vorgänge
            voneinander. Ein Deadlock ist ein Zustand, in dem zwei Vorgänge für immer aufeinander warten. Der Server erkennt
            ihn nach 1000 ms und bricht einen der beiden ab. Das Protokoll wird vor den Seiten auf die Platte geschrieben, damit
            nach einem Stromausfall nichts verloren geht.

            Die Normalisierung bezeichnet das Zerlegen von Tabellen, bis jede Tatsache nur einmal gespeichert ist. Unter
            Redundanz versteht man das mehrfache Speichern derselben Tatsache. Eine Sicht ist eine gespeicherte Abfrage, die sich
            wie eine Tabelle verhält. Der Optimierer wählt für jede Abfrage einen Plan, und er stützt sich auf Statistiken.
            Zu den Verbundarten gehören: der innere Verbund, der äußere Verbund und das Kreuzprodukt.

            Edgar Codd veröffentlichte das relationale Modell im Jahr 1970. Die erste Norm der Sprache SQL erschien im Jahr 1986.
            Im 19. Jahrhundert gab es solche Maschinen noch nicht. Im Jahr 1974 begann bei IBM die Arbeit an einem Prototyp.
            """;

    static final String GIT = """
            Working with branches
            =====================

            A commit is a snapshot of the whole tree together with its author, its message and its parents. A branch is a movable
            name for one commit. The index is the place where the next snapshot is prepared. A remote is a named address of
            another repository. A tag is a name that stays with its commit for good.

            The command `git fetch` downloads objects and moves the remote names. The command `git merge` joins two lines of
            history and may create a commit with two parents. The command `git rebase` writes the commits of a branch anew on top
            of another one. The command `git stash` puts unfinished changes aside. The command `git bisect` finds the commit
            that introduced a bug by halving the range.

            - Conflicts arise where both sides changed the same lines of a file.
            - The reflog keeps every position of a branch for 90 days, so that lost work can be found again.
            - short entry

            ```sh
            git config user.name "This is no sentence of the text."
            ```

            | table | of things |
            |---|---|
            | rows are | left out. |

            Should you rewrite public history? It depends. **Never force-push** to a branch that others use, because their
            work would be [lost](https://example.org/lost.html).
            """;

    static final String CITY = """
            Florence lies on the river Arno in the region of Tuscany. The Medici were a family of bankers who ruled the city for
            most of the fifteenth century. Filippo Brunelleschi built the dome of the cathedral without a wooden frame. The dome
            was finished in 1436 and is still the largest one made of bricks. The Uffizi is a museum that began as an office
            for magistrates. In 1966 a flood of the Arno destroyed thousands of books. The Ponte Vecchio is a bridge with shops
            on both sides, and goldsmiths have worked there since 1593. Michelangelo carved the statue of David from a single
            block of marble that two other sculptors had given up. In 1982 the historic centre became a site of world heritage.
            About 380000 people live in Florence today. The Medici bank opened branches in Rome, Venice and Geneva.
            """;

    static final String THIN = "I was there yesterday. It was nice. We should go again! Who knows?";

    static final List<String> ALL = List.of(BROKER, DATENBANK, GIT, CITY, THIN);

    private Texts() {}
}
