package dev.devmentor.kit.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import java.io.EOFException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "08006", "08001", "40001", "40P01", "53300", "53100", "55000", "55P03", "57P01", "57P03", "58030",
                "25006", "28P01", "3D000", "42P01"
            })
    void whatTheServerMayRecoverFromPasses(String state) {
        assertThat(Failures.isTransient(new SQLException("x", state))).isTrue();
        assertThat(Failures.isTransient(new IllegalStateException(new SQLException("x", state))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"22003", "22021", "22P02", "23502", "23505", "23514", "P0001", "54000"})
    void whatTheInputCausesWillBeCausedAgain(String state) {
        assertThat(Failures.isTransient(new SQLException("x", state))).isFalse();
    }

    @Test
    void aPoolThatCannotConnectPasses() {
        assertThat(Failures.isTransient(new SQLException("Acquisition timeout while waiting for new connection")))
                .isTrue();
        assertThat(Failures.isTransient(new SQLTransientException("x"))).isTrue();
        assertThat(Failures.isTransient(new SQLException("x", (String) null, new ConnectException())))
                .isTrue();
        assertThat(Failures.isTransient(new SQLException("x", (String) null, new IllegalStateException())))
                .isFalse();
    }

    @Test
    void aBrokerThatIsAwayPasses() {
        assertThat(Failures.isTransient(new TimeoutException("x"))).isTrue();
        assertThat(Failures.isTransient(new RecordTooLargeException("x"))).isFalse();
    }

    @Test
    void aNetworkThatIsAwayPassesButBrokenJsonStaysBroken() {
        assertThat(Failures.isTransient(new UncheckedIOException(new EOFException())))
                .isTrue();
        assertThat(Failures.isTransient(new IllegalStateException(new JsonParseException(null, "x"))))
                .isFalse();
    }

    @Test
    void aBugStaysABug() {
        assertThat(Failures.isTransient(new NullPointerException())).isFalse();
        assertThat(Failures.isTransient(new IllegalStateException("x", new ArithmeticException())))
                .isFalse();
    }

    @Test
    void theStateIsThatOfTheFirstSqlFailureThatHasOne() {
        assertThat(Failures.sqlState(new IllegalStateException(
                        new SQLException("x", (String) null, new SQLException("y", "23505")))))
                .isEqualTo("23505");
        assertThat(Failures.sqlState(new IllegalStateException())).isNull();
    }
}
