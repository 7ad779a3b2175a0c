package dev.devmentor.gateway.limit;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Something that Redis has to be told of what was admitted without it. Safe for all threads. */
sealed interface Tellable permits Slot, DayQuota {
    /** Its key in Redis. */
    byte[] key();

    /**
     * Adds what has not been told as an entry of {@link WindowScript}, and takes it as told.
     *
     * @return what to give back to {@link #tellAgain} if Redis does not hear it; null if there was nothing
     */
    @Nullable Told tell(Buffer spec, int nowMillis);

    /**
     * Puts back what Redis may not have heard.
     *
     * @return whether this has to be queued for telling; false if it is, or nothing has to be told
     */
    boolean tellAgain(Told told);
}
