package dev.devmentor.pbml.engine.owner;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an owner did, met or decided, as the fold takes it in. */
public sealed interface Observation {

    /** Which event it was. */
    Stamp stamp();

    /**
     * The event of an observation.
     *
     * @param key its place in the log
     * @param ref a short name of it, by which evidence refers to it
     */
    record Stamp(EventKey key, UUID ref) {}

    /** A task was begun. */
    record TaskBegun(Stamp stamp, List<String> skills) implements Observation {
        public TaskBegun {
            skills = List.copyOf(skills);
        }
    }

    /** A task was completed. */
    record TaskDone(Stamp stamp, List<String> skills) implements Observation {
        public TaskDone {
            skills = List.copyOf(skills);
        }
    }

    /**
     * A question was answered.
     *
     * @param localMinuteOfDay where the person was, 0 to 1 439
     * @param responseMs -1 if not known
     */
    record Answered(
            Stamp stamp, String item, List<String> skills, boolean correct, int responseMs, int localMinuteOfDay)
            implements Observation {
        public Answered {
            skills = List.copyOf(skills);
        }
    }

    /**
     * A memory was stored, changed or deleted.
     *
     * @param kind such as {@code note}
     */
    record Noted(Stamp stamp, String kind, boolean deleted) implements Observation {}

    /** What became of a file. */
    enum FileChange {
        ADDED,
        MODIFIED,
        DELETED
    }

    /**
     * A file of a change.
     *
     * @param path from the top of the repository
     */
    record ChangedFile(String path, FileChange change) {}

    /**
     * Code was changed.
     *
     * @param commit whether it was committed; otherwise it was only saved or reviewed
     * @param team that the work belongs to
     */
    record CodeChange(
            Stamp stamp, String repository, @Nullable String team, boolean commit, List<ChangedFile> files)
            implements Observation {
        public CodeChange {
            files = List.copyOf(files);
        }
    }

    /**
     * An error was seen, or one that was seen before did not come again.
     *
     * @param origin such as {@code build}
     * @param gone whether it did not come again
     * @param run names the run, if known
     * @param text what was printed
     * @param changedFiles of a gone error what changed since it was last seen; empty if nobody said
     * @param commit that was run, if known
     */
    record ErrorMet(
            Stamp stamp,
            @Nullable String repository,
            @Nullable String team,
            String origin,
            boolean gone,
            @Nullable String run,
            String text,
            List<String> changedFiles,
            @Nullable String commit,
            List<String> skills)
            implements Observation {
        public ErrorMet {
            changedFiles = List.copyOf(changedFiles);
            skills = List.copyOf(skills);
        }
    }

    /** A person gave a pattern a title of their own; null takes it back. */
    record Renamed(Stamp stamp, String pattern, @Nullable String title) implements Observation {}

    /** A person said that patterns are one. */
    record Merged(Stamp stamp, String pattern, List<String> others) implements Observation {
        public Merged {
            others = List.copyOf(others);
        }
    }

    /** A person said that some members of a pattern are another one. */
    record Divided(Stamp stamp, String pattern, List<String> members) implements Observation {
        public Divided {
            members = List.copyOf(members);
        }
    }

    /** A person gave a pattern up, or took it up again. */
    record Retired(Stamp stamp, String pattern, boolean retired) implements Observation {}

    /**
     * A person said whether a pattern helped.
     *
     * @param team whose pattern it was, if it was one of a team
     */
    record Judged(
            Stamp stamp,
            String pattern,
            boolean helped,
            @Nullable String team) implements Observation {
        public Judged(Stamp stamp, String pattern, boolean helped) {
            this(stamp, pattern, helped, null);
        }
    }

    /** A person said who may have a share in what is learned from them. */
    record Shared(Stamp stamp, boolean withTeams, boolean withEveryone) implements Observation {}

    /** Something that is only kept, and changes nothing of what is learned. */
    record Kept(Stamp stamp) implements Observation {}
}
