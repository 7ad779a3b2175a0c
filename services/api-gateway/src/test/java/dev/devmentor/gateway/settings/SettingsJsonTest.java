package dev.devmentor.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsJsonTest {
    private static final String ALL = """
            {"limits":{"anonymous":5,"free":60,"premium":2000,"auth":20},\
            "breaker":{"failures":3,"openSeconds":10,"longestOpenSeconds":100,"calmSeconds":60},\
            "retry":{"retries":2,"budgetPercent":20,"floorPerSecond":3},\
            "routes":{"auth-register":{"timeoutMillis":5000,"access":"TOKEN","role":"operator","maxBodyBytes":5000000000,"cacheSeconds":7},\
            "learning":{"cacheSeconds":30}},\
            "services":{"learning-service":{"instances":["http://10.0.0.1:3005","dns://learning:3005"],"strategy":"IP_HASH"}}}""";

    @Test
    void writesWhatItHasRead() {
        String text = ALL.replace("5000000000", "500000");
        SettingsJson.Read read = SettingsJson.read(text);
        assertThat(read.problems()).isEmpty();
        assertThat(SettingsJson.write(read.settings())).hasToString(text);
        assertThat(read.settings().services().get("learning-service").instances())
                .containsExactly("http://10.0.0.1:3005", "dns://learning:3005");
    }

    @Test
    void whatIsNotThereIsAsConfigured() {
        assertThat(SettingsJson.read("{}").settings()).isEqualTo(Settings.NONE);
        assertThat(SettingsJson.read("{\"limits\":{\"free\":null},\"routes\":{\"ai\":{}}}")
                        .problems())
                .isEmpty();
        assertThat(SettingsJson.write(Settings.NONE)).hasToString("{}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [] | the body is an object
            1 | the body is an object
            {"limits":{"free":1}} x | the body is no JSON
            {"limits":{"free":1,"free":2}} | the body is no JSON
            {"limit":{}} | limit: is not known
            {"limits":{"gold":1}} | limits.gold: is not known
            {"limits":7} | limits: is an object
            {"limits":{"free":0}} | limits.free: is a whole number from 1 to 1000000
            {"limits":{"free":1.5}} | limits.free: is a whole number from 1 to 1000000
            {"limits":{"free":"9"}} | limits.free: is a whole number from 1 to 1000000
            {"limits":{"free":99999999999999999999}} | limits.free: is a whole number from 1 to 1000000
            {"breaker":{"failures":0}} | breaker.failures: is a whole number from 1 to 1000
            {"retry":{"retries":4}} | retry.retries: is a whole number from 0 to 3
            {"routes":{"Ai":{}}} | routes.Ai: is no name
            {"routes":{"ai":[]}} | routes.ai: is an object
            {"routes":{"ai":{"prefix":"/"}}} | routes.ai.prefix: is not known
            {"routes":{"ai":{"access":"open"}}} | routes.ai.access: is TOKEN or OPEN
            {"routes":{"ai":{"role":"A B"}}} | routes.ai.role: is a name in small letters
            {"services":{"x":{"instances":[]}}} | services.x.instances: is a list of 1 to 64 URLs
            {"services":{"x":{"instances":[7]}}} | services.x.instances: is a list of 1 to 64 URLs
            {"services":{"x":{"strategy":"RANDOM"}}} | services.x.strategy: is ROUND_ROBIN, LEAST_CONNECTIONS or IP_HASH
            {"<b>\\u0000":1} | ?b??: is not known
            """)
    void saysWhatIsWrongAndWhere(String text, String problem) {
        assertThat(SettingsJson.read(text).problems()).containsExactly(problem);
    }

    @Test
    void namesNoMoreThanTwentyProblems() {
        StringBuilder text = new StringBuilder("{\"x\":0");
        for (int i = 0; i < 100; i++) {
            text.append(",\"x").append(i).append("\":0");
        }
        assertThat(SettingsJson.read(text.append('}').toString()).problems()).hasSize(20);
    }

    /** Broken in any way, it is read or refused, and what is read is written and read as the same. */
    @Test
    void survives20000BrokenTexts() {
        SplittableRandom random = new SplittableRandom(77);
        String text = ALL.replace("5000000000", "500000");
        String signs = "{}[]\",:0123456789-+.eE\\ntrufalse \u0000é";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder broken = new StringBuilder(text);
            for (int n = random.nextInt(1, 5); n > 0; n--) {
                int at = random.nextInt(broken.length());
                switch (random.nextInt(3)) {
                    case 0 -> broken.deleteCharAt(at);
                    case 1 -> broken.insert(at, signs.charAt(random.nextInt(signs.length())));
                    default -> broken.setCharAt(at, signs.charAt(random.nextInt(signs.length())));
                }
            }
            SettingsJson.Read read = SettingsJson.read(broken.toString());
            if (read.problems().isEmpty()) {
                SettingsJson.Read again =
                        SettingsJson.read(SettingsJson.write(read.settings()).toString());
                assertThat(again.problems()).isEmpty();
                assertThat(SettingsJson.write(again.settings())).isEqualTo(SettingsJson.write(read.settings()));
            }
        }
    }

    @Test
    void aVersionIsReadAsItWasWritten() {
        Settings settings = SettingsJson.read("{\"limits\":{\"free\":60}}").settings();
        Version version = new Version(7, "someone", Instant.parse("2026-11-29T10:00:00.123Z"), 3, settings);
        assertThat(Version.of(version.json().toString())).isEqualTo(version);
        Version fresh = new Version(8, "someone", Instant.EPOCH, Version.NOTHING, Settings.NONE);
        assertThat(Version.of(fresh.json().toString())).isEqualTo(fresh);
        for (String other : List.of("", "{}", "7", "{\"version\":1,\"at\":\"now\",\"settings\":{}}")) {
            assertThatThrownBy(() -> Version.of(other)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
