package dev.devmentor.cli.platform;

import dev.devmentor.parts.ManagedProcess;
import dev.devmentor.parts.PartPlace;
import dev.devmentor.parts.ProcessPart;
import java.time.Duration;

/** What an older build started and this one does not: known only to be stopped. */
final class FormerPart extends ProcessPart {
    FormerPart(String name, PartPlace place) {
        super(name, place, 0);
    }

    @Override
    public void start() {
        throw new IllegalStateException(name() + " is of an older build and is not started any more");
    }

    @Override
    protected void stop(ManagedProcess running) {
        running.stop(Duration.ofSeconds(5));
    }
}
