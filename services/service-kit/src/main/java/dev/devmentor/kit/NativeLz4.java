package dev.devmentor.kit;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import net.jpountz.lz4.LZ4Factory;
import org.jboss.logging.Logger;

/**
 * Loads the C library of LZ4 before anything packs or unpacks with it, the Kafka client included. Of its own accord LZ4
 * uses C only under the system's class loader, which Quarkus' is not, and its Java form costs several times as much.
 */
@ApplicationScoped
class NativeLz4 {
    private static final Logger LOG = Logger.getLogger(NativeLz4.class);
    private static final int FIRST = 1;

    void load(@Observes @Priority(FIRST) StartupEvent event) {
        if (System.getProperty("org.graalvm.nativeimage.imagecode") != null) {
            // A native executable has no JNI library of it, and Java compiled ahead of time.
            return;
        }
        try {
            // Once it is loaded, LZ4Factory.fastestInstance() gives it to everybody.
            LZ4Factory.nativeInstance();
        } catch (LinkageError | RuntimeException missing) {
            LOG.debugf("LZ4 stays in Java: %s", missing.toString());
        }
    }
}
