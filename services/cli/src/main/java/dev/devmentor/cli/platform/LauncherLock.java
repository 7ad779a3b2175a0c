package dev.devmentor.cli.platform;

import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.parts.ProcessRecord;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** At most one launcher works in a data directory. The system gives the lock back when a launcher is killed. */
final class LauncherLock implements AutoCloseable {
    private final FileChannel channel;
    private final Home home;

    private LauncherLock(FileChannel channel, Home home) {
        this.channel = channel;
        this.home = home;
    }

    private static Path record(Home home) {
        return home.run().resolve("launcher.process");
    }

    /** Empty when another launcher has it. */
    static Optional<LauncherLock> tryTake(Home home) {
        try {
            FileChannel channel = FileChannel.open(
                    home.run().resolve("launcher.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(new LauncherLock(channel, home));
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new Failed("cannot lock " + home.run() + ": " + e.getMessage(), e);
        }
    }

    /** The launcher that watches the platform now. */
    static Optional<ProcessRecord> launcher(Home home) {
        return ProcessRecord.read(record(home)).filter(ProcessRecord::isAlive);
    }

    /** Whether a launcher was killed: its record is there, it is not. */
    static boolean launcherWasKilled(Home home) {
        return ProcessRecord.read(record(home)).filter(r -> !r.isAlive()).isPresent();
    }

    void sign() {
        ProcessRecord.ofSelf("launcher").write(record(home));
    }

    void unsign() {
        ProcessRecord.forget(record(home));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new Failed("cannot give back the lock: " + e.getMessage(), e);
        }
    }
}
