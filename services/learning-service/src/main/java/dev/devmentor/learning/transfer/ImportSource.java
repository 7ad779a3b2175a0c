package dev.devmentor.learning.transfer;

import java.io.IOException;
import java.nio.file.Path;

/** Reads one kind of file. */
interface ImportSource {
    /**
     * Says what the file has, and hands over what is to be imported: first what has no order, then answers in the order
     * of time.
     *
     * @throws ImportRefused if the file is not what it should be
     */
    void read(Path file, Path scratch, ImportSink sink) throws IOException;
}
