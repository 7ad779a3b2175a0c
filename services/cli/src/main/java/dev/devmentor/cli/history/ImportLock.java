package dev.devmentor.cli.history;

import dev.devmentor.cli.platform.Home;
import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.cli.terminal.Terminal;
import dev.devmentor.parts.PrivateFiles;
import dev.devmentor.parts.Waiting;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * At most one import at a time works on a data directory: two would each take the other's answers for its own progress,
 * and write over one another's line of the ledger. The system gives the lock back when an import is killed.
 */
final class ImportLock implements AutoCloseable {
    private final FileChannel channel;

    private ImportLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Waits for as long as another import works; that one gives up by itself when nothing goes on. */
    static ImportLock take(Home home, Terminal progress) {
        FileChannel channel = null;
        boolean taken = false;
        try {
            PrivateFiles.directory(home.run());
            FileChannel opened = FileChannel.open(
                    home.run().resolve("import.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel = opened;
            taken = tryLock(opened);
            if (!taken) {
                progress.line("another import works here; waiting for it to end ...");
                taken = Waiting.until(Duration.ofDays(1), () -> tryLock(opened));
            }
            if (!taken) {
                throw new Failed("another import works here and has not come to an end");
            }
            return new ImportLock(opened);
        } catch (IOException e) {
            throw cannotLock(e);
        } finally {
            if (channel != null && !taken) {
                close(channel);
            }
        }
    }

    private static boolean tryLock(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            throw cannotLock(e);
        }
    }

    private static Failed cannotLock(IOException cause) {
        return new Failed("cannot lock imports: " + cause.getMessage(), cause);
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new Failed("cannot give back the lock of imports: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        close(channel);
    }
}
