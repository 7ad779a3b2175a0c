package dev.devmentor.cli.identity;

import dev.devmentor.cli.terminal.Failed;
import dev.devmentor.parts.PrivateFiles;
import dev.devmentor.parts.Waiting;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Keeps the login in a file for its owner alone. Whoever uses the refresh token up holds the lock from reading it to writing
 * the next one: two commands that used the same one would end the login of both. The system gives the lock back when a command
 * is killed.
 */
public final class LoginFile {
    private static final Duration LOCK_LIMIT = Duration.ofSeconds(30);

    private final Path file;
    private final Path lock;

    public LoginFile(Path file, Path lock) {
        this.file = file;
        this.lock = lock;
    }

    /** Who is logged in; empty if nobody is. */
    public Optional<Login> read() {
        String text = PrivateFiles.readOrNull(file);
        if (text == null) {
            return Optional.empty();
        }
        Optional<Login> login = Login.read(text);
        if (login.isEmpty()) {
            throw new Failed(file + " holds no login (scripts/devmentor logout takes it away)");
        }
        return login;
    }

    /** Whether there is such a file, whatever it holds. */
    public boolean exists() {
        return Files.exists(file);
    }

    void write(Login login) {
        PrivateFiles.write(file, login.text());
    }

    void forget() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new Failed("cannot delete " + file + ": " + e.getMessage(), e);
        }
    }

    /** Does something that no other command does at the same time. */
    <T> T locked(Supplier<T> action) {
        PrivateFiles.directory(lock.resolveSibling(""));
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (!Waiting.until(LOCK_LIMIT, () -> tryLock(channel))) {
                throw new Failed("another command holds " + lock + " and has not come to an end");
            }
            return action.get();
        } catch (IOException e) {
            throw new Failed("cannot lock " + lock + ": " + e.getMessage(), e);
        }
    }

    private boolean tryLock(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // another thread of this command
        } catch (IOException e) {
            throw new Failed("cannot lock " + lock + ": " + e.getMessage(), e);
        }
    }
}
