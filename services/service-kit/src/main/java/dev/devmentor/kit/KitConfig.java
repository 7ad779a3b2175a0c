package dev.devmentor.kit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings that every service shares. */
@ConfigMapping(prefix = "devmentor.events")
public interface KitConfig {
    /** Consumption of events. */
    Consumer consumer();

    /** Relay of outgoing messages. */
    Outbox outbox();

    /** Consumption of events. */
    interface Consumer {
        /** Whether this instance consumes at all. */
        @WithDefault("true")
        boolean enabled();

        /**
         * Independent consumers in this process; each has its own connection. One decodes while another waits for
         * the database.
         */
        @WithDefault("2")
        int lanes();

        /** Most records of one batch, which is one transaction. */
        @WithDefault("4000")
        int maxBatch();

        /**
         * While small batches follow one another, how long a lane lets further records come before it begins the next
         * transaction. A record that comes alone never waits.
         */
        @WithDefault("PT0.008S")
        Duration linger();

        /** How often offsets are committed while records keep coming; what a crash delivers again is known by then. */
        @WithDefault("PT0.2S")
        Duration commitInterval();

        /** Largest record value in bytes that is decoded. */
        @WithDefault("262144")
        int maxValueBytes();

        /** How far ahead of its receipt an event may lie. */
        @WithDefault("PT5M")
        Duration maxAhead();

        /** First and longest wait while a part of the platform is down. */
        @WithDefault("PT0.2S")
        Duration firstBackoff();

        /** Longest wait between two attempts while a part of the platform is down. */
        @WithDefault("PT5S")
        Duration longestBackoff();
    }

    /** Relay of outgoing messages. */
    interface Outbox {
        /** Whether this instance may become the relay. */
        @WithDefault("true")
        boolean relay();

        /** How often the relay looks when nothing told it to. */
        @WithDefault("PT0.1S")
        Duration poll();

        /**
         * Shortest time from one Kafka transaction to the next while there is less to send than fits into one. What comes
         * alone is sent at once.
         */
        @WithDefault("PT0.1S")
        Duration linger();

        /** How often an instance that is not the relay tries to become it. */
        @WithDefault("PT1S")
        Duration takeover();

        /** A relay that the database has not heard of for so long loses its office. */
        @WithDefault("PT30S")
        Duration frozenAfter();

        /** Most outbox rows of one Kafka transaction. */
        @WithDefault("16")
        int maxRows();

        /** Once rows of one Kafka transaction have so many bytes, packed, no further one is added. */
        @WithDefault("2097152")
        int maxBytes();
    }
}
