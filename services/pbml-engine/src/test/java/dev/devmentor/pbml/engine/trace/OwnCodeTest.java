package dev.devmentor.pbml.engine.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.devmentor.pbml.engine.trace.Frame.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OwnCodeTest {

    private static final String JAVA = """
            java.lang.IllegalStateException: closed
            	at org.apache.kafka.clients.Sender.run(Sender.java:12)
            	at org.apache.kafka.clients.Sender$Loop.run(Sender.java:40)
            	at org.apache.kafkaesque.Castle.enter(Castle.java:1)
            	at org.apache.commons.lang.Validate.isTrue(Validate.java:3)
            	at java.base/java.lang.Thread.run(Thread.java:1)
            """;

    private static final String JAVASCRIPT = """
            TypeError: x
                at a (/srv/app/node_modules/@acme/ui/a.js:1:1)
                at b (/srv/app/node_modules/@acme/ui/node_modules/express/b.js:1:1)
                at c (file:///srv/tools/node_modules/c.js:1:1)
                at d (/srv/app/src/d.js:1:1)
            """;

    private static final String PYTHON = """
            Traceback (most recent call last):
              File "/srv/venv/lib/python3.12/site-packages/acme/order.py", line 10, in order
                pay(x)
              File "/srv/venv/lib/python3.12/site-packages/flask/app.py", line 3, in run
                pay(x)
              File "/usr/lib/python3.12/json/decoder.py", line 3, in decode
                raise ValueError
            ValueError: bad
            """;

    private static final String GO = """
            panic: x

            goroutine 1 [running]:
            github.com/acme/shop/order.(*Shop).Order(0x1)
            	/home/ci/go/pkg/mod/github.com/acme/shop@v1.2.3/order/order.go:12 +0x1d
            github.com/acme/shopkeeper.Run(...)
            	/home/ci/go/pkg/mod/github.com/acme/shopkeeper@v1.9.1/run.go:1 +0x1
            net/http.HandlerFunc.ServeHTTP(0x1, 0x2)
            	/usr/local/go/src/net/http/server.go:2136 +0x29
            """;

    private static Trace parse(String text, String... own) {
        return StackTraces.parse(text, OwnCode.of(List.of(own))).orElseThrow();
    }

    private static List<Origin> origins(String text, String... own) {
        return parse(text, own).frames().stream().map(Frame::origin).toList();
    }

    @Test
    void aTeamAtApacheSeesItsOwnFrames() {
        assertThat(origins(JAVA))
                .containsExactly(Origin.LIBRARY, Origin.LIBRARY, Origin.LIBRARY, Origin.LIBRARY, Origin.PLATFORM);
        assertThat(origins(JAVA, "org.apache.kafka"))
                .containsExactly(Origin.OWN, Origin.OWN, Origin.LIBRARY, Origin.LIBRARY, Origin.PLATFORM);
        assertThat(origins(JAVA, "org.apache."))
                .containsExactly(Origin.OWN, Origin.OWN, Origin.OWN, Origin.OWN, Origin.PLATFORM);
    }

    @Test
    void theLongestPrefixWins() {
        assertThat(origins(JAVA, "org")).containsExactlyElementsOf(origins(JAVA));
        assertThat(origins(JAVA, "java.lang"))
                .containsExactly(Origin.LIBRARY, Origin.LIBRARY, Origin.LIBRARY, Origin.LIBRARY, Origin.OWN);
    }

    @Test
    void theInnermostFolderWins() {
        assertThat(origins(JAVASCRIPT)).containsExactly(Origin.LIBRARY, Origin.LIBRARY, Origin.LIBRARY, Origin.OWN);
        assertThat(origins(JAVASCRIPT, "node_modules/@acme"))
                .containsExactly(Origin.OWN, Origin.LIBRARY, Origin.LIBRARY, Origin.OWN);
        assertThat(origins(JAVASCRIPT, "/srv/tools/node_modules/"))
                .containsExactly(Origin.LIBRARY, Origin.LIBRARY, Origin.OWN, Origin.OWN);
        assertThat(origins(JAVASCRIPT, "/app/node_modules"))
                .as("from the top")
                .containsExactly(Origin.LIBRARY, Origin.LIBRARY, Origin.LIBRARY, Origin.OWN);
    }

    @Test
    void anInstalledPackageOfPythonMayBeOnesOwn() {
        assertThat(origins(PYTHON)).containsExactly(Origin.PLATFORM, Origin.LIBRARY, Origin.LIBRARY);
        assertThat(origins(PYTHON, "site-packages/acme")).containsExactly(Origin.PLATFORM, Origin.LIBRARY, Origin.OWN);
        assertThat(origins(PYTHON, "json")).containsExactly(Origin.OWN, Origin.LIBRARY, Origin.LIBRARY);
    }

    @Test
    void aModuleOfGoMayBeOnesOwn() {
        assertThat(origins(GO)).containsExactly(Origin.LIBRARY, Origin.LIBRARY, Origin.PLATFORM);
        assertThat(origins(GO, "github.com/acme/shop")).containsExactly(Origin.OWN, Origin.LIBRARY, Origin.PLATFORM);
    }

    @Test
    void fingerprintsAreOfWhatIsOnesOwn() {
        String outer = JAVA.replace("Validate.isTrue", "Validate.isFalse");
        assertThat(parse(JAVA).fingerprint().exact())
                .isNotEqualTo(parse(outer).fingerprint().exact());
        assertThat(parse(JAVA, "org.apache.kafka").fingerprint())
                .isEqualTo(parse(outer, "org.apache.kafka").fingerprint())
                .isNotEqualTo(parse(JAVA).fingerprint());
        assertThat(StackTraces.parse(JAVA, OwnCode.KNOWN)).isEqualTo(StackTraces.parse(JAVA));
    }

    @Test
    void anAssemblerKnowsItToo() {
        LineAssembler assembler = new LineAssembler(OwnCode.of(List.of("org.apache.kafka")));
        List<Entry> entries = new ArrayList<>();
        JAVA.lines().forEach(line -> entries.addAll(assembler.accept(line)));
        entries.addAll(assembler.flush());
        assertThat(entries).singleElement().isEqualTo(new Entry.Traced(JAVA.strip(), parse(JAVA, "org.apache.kafka")));
    }

    @Test
    void whatEndsAPrefixSaysNothing() {
        assertThat(OwnCode.of(List.of(" org.acme.* ", "org.acme", "C:\\app\\")).prefixes())
                .containsExactly("C:/app", "org.acme");
        assertThat(OwnCode.of(List.of("org.acme."))).isEqualTo(OwnCode.of(List.of("org.acme")));
    }

    @Test
    void refusesPrefixesThatCouldNotBeMeant() {
        assertThatThrownBy(() -> OwnCode.of(List.of(" . ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a prefix of own code has 1 to 128 characters, not 0");
        assertThatThrownBy(() -> OwnCode.of(List.of("a".repeat(129))))
                .hasMessage("a prefix of own code has 1 to 128 characters, not 129");
        List<String> many = IntStream.range(0, 33).mapToObj(i -> "p" + i).toList();
        assertThatThrownBy(() -> OwnCode.of(many)).hasMessage("more than 32 prefixes of own code");
        assertThat(OwnCode.of(many.subList(0, 32)).prefixes()).hasSize(32);
    }
}
