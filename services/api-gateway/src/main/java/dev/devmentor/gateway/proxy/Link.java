package dev.devmentor.gateway.proxy;

import io.netty.buffer.ByteBuf;

/** The way to an instance for one try. */
interface Link {
    /** Sends some of the request's body; takes the buffer over. */
    void send(ByteBuf data);

    /** The request's body is complete. */
    void endOfRequest();

    /** Whether it can take more of the body now. */
    boolean isWritable();

    /** Reads no more of the answer for now. */
    void pause();

    /** Reads on. */
    void resume();

    /** Ends the connection or stream, whatever it is doing; the try hears no more of it. */
    void abort();

    /** Whether the try was made on a connection that had been used before, and nothing has come back. */
    boolean isUntouched();
}
