package dev.devmentor.auth.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.auth.throttle.Attempt.Counted;
import dev.devmentor.auth.throttle.Throttle.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalCountsTest {
    private static final long START = 1_800_000_000_000L;

    private final LocalCounts counts = new LocalCounts(10_000);
    private long now = START;

    private static Attempt unknown(String net, String account) {
        return new Attempt(
                new Counted("own:" + net + account, ThrottlePolicy.own(Kind.PASSWORD)),
                new Counted("net:" + net, ThrottlePolicy.net(Kind.PASSWORD)),
                new Counted("account:" + account, ThrottlePolicy.account()),
                true,
                false);
    }

    private static Attempt known(String device) {
        return new Attempt(new Counted("device:" + device, ThrottlePolicy.own(Kind.PASSWORD)), null, null, true, false);
    }

    /** Waits as told, fails, and says how long that was in ms. */
    private long fail(Attempt attempt) {
        long waited = 0;
        for (long wait = counts.enter(attempt, now); wait > 0; wait = counts.enter(attempt, now)) {
            waited += wait;
            now += wait;
        }
        counts.failed(attempt, now);
        return waited;
    }

    @Test
    void delaysGrowFromTheFourthTryToAQuarterOfAnHour() {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            waits.add(fail(unknown("a", "anna")) / 1_000);
        }
        assertThat(waits).containsExactly(0L, 0L, 0L, 1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L, 512L, 900L);
        // Once 512 twice: the first failure was forgotten by then.
    }

    @Test
    void neverGivesMoreThanSomeHundredGuessesADayFromOnePlace() {
        int guesses = 0;
        while (now < START + 24 * 3_600_000L) {
            fail(unknown("a", "anna"));
            guesses++;
        }
        assertThat(guesses).isBetween(96, 130);
    }

    @Test
    void aSuccessForgivesWhatWasGuessedFromThere() {
        for (int i = 0; i < 6; i++) {
            fail(unknown("a", "anna"));
        }
        now += 10_000;
        assertThat(counts.enter(unknown("a", "anna"), now)).isZero();
        counts.succeeded(unknown("a", "anna"), now);
        assertThat(fail(unknown("a", "anna"))).isZero();
        assertThat(fail(unknown("a", "anna"))).isZero();
        assertThat(fail(unknown("a", "anna"))).isZero();
        assertThat(fail(unknown("a", "anna"))).isEqualTo(1_000);
    }

    @Test
    void manyAtOnceGainNothing() {
        int entered = 0;
        for (int i = 0; i < 100; i++) {
            if (counts.enter(unknown("a", "anna"), now) == 0) {
                entered++;
            }
        }
        assertThat(entered).isEqualTo(3);
    }

    @Test
    void onePlaceThatTriesManyAccountsWaitsToo() {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 34; i++) {
            waits.add(fail(unknown("a", "person-" + i)));
        }
        assertThat(waits.subList(0, 30)).containsOnly(0L);
        assertThat(waits.subList(30, 34)).containsExactly(1_000L, 2_000L, 4_000L, 8_000L);
        assertThat(fail(unknown("b", "person-99"))).isZero();
    }

    /** A thousand places guess at one account all the time: its owner gets in from a new place after some seconds. */
    @Test
    void guessesFromEverywhereNeverLockTheOwnerOut() {
        for (int i = 0; i < 1_000; i++) {
            Attempt attempt = unknown("bot-" + i % 1_000, "anna");
            if (counts.enter(attempt, now) == 0) {
                counts.failed(attempt, now);
            }
            now += 7;
        }
        long wait = counts.enter(unknown("hotel", "anna"), now);
        assertThat(wait).isBetween(1L, 5_000L);
        for (int i = 0; i < 200; i++) {
            counts.failed(unknown("more-" + i, "anna"), now);
        }
        now += 5_000;
        // It was asked for before; what happened meanwhile makes it no longer than the longest.
        assertThat(counts.enter(unknown("hotel", "anna"), now)).isZero();
    }

    @Test
    void guessesFromElsewhereNeverDelayAKnownBrowser() {
        for (int i = 0; i < 200; i++) {
            fail(unknown("bot-" + i, "anna"));
            fail(unknown("a", "anna"));
            fail(unknown("a", "person-" + i));
        }
        assertThat(counts.enter(known("annas-laptop"), now)).isZero();
    }

    @Test
    void aKnownBrowserThatGuessesIsDelayedByItself() {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            waits.add(fail(known("stolen")));
        }
        assertThat(waits).containsExactly(0L, 0L, 0L, 1_000L, 2_000L);
        assertThat(counts.enter(known("other"), now)).isZero();
    }

    @Test
    void forgetsOneFailureInAQuarterOfAnHour() {
        for (int i = 0; i < 5; i++) {
            fail(unknown("a", "anna"));
        }
        now += 5 * 900_000L;
        assertThat(fail(unknown("a", "anna"))).isZero();
        assertThat(fail(unknown("a", "anna"))).isZero();
        assertThat(fail(unknown("a", "anna"))).isZero();
    }

    @Test
    void aClockThatWasSetBackMakesNobodyWait() {
        fail(unknown("a", "anna"));
        now -= 3_600_000;
        assertThat(counts.enter(unknown("a", "anna"), now)).isZero();
    }

    @Test
    void remembersOnlySoMuch() {
        LocalCounts small = new LocalCounts(10);
        for (int i = 0; i < 100; i++) {
            small.failed(known("device-" + i), now);
        }
        for (int i = 0; i < 4; i++) {
            small.failed(known("device-99"), now);
        }
        assertThat(small.enter(known("device-99"), now)).isPositive();
    }

    @Test
    void placesAreHostsOfIpv4AndNetsOfIpv6() {
        assertThat(Net.of("192.0.2.1")).isEqualTo("c0000201").isNotEqualTo(Net.of("192.0.2.2"));
        assertThat(Net.of("::ffff:192.0.2.1")).isEqualTo("c0000201");
        assertThat(Net.of("2001:db8:0:1::1"))
                .isEqualTo(Net.of("2001:db8:0:1:ffff::2"))
                .isEqualTo("20010db800000001");
        assertThat(Net.of("2001:db8:0:2::1")).isNotEqualTo(Net.of("2001:db8:0:1::1"));
        assertThat(Net.of("fe80::1%eth0")).isEqualTo("fe80000000000000");
        assertThat(Net.of("example.com")).isEqualTo("example.com");
    }
}
