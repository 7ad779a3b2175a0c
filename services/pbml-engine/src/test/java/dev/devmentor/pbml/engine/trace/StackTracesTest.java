package dev.devmentor.pbml.engine.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devmentor.pbml.engine.trace.Frame.Origin;
import dev.devmentor.pbml.engine.trace.Trace.Relation;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StackTracesTest {

    /** Time that the thread had a core: others may want it too. */
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private static final String JAVA = """
            Exception in thread "main" java.lang.IllegalStateException: order 17 is closed
            	at com.acme.Shop.order(Shop.java:12)
            	at com.acme.Shop$$EnhancerBySpringCGLIB$$abc123.order(<generated>)
            	at com.acme.Shop.lambda$all$3(Shop.java:44)
            	at com.acme.Shop$$Lambda/0x00007f0001.run(Unknown Source)
            	at java.base/java.util.ArrayList.forEach(ArrayList.java:1511)
            	at app//com.acme.Main$1.run(Main.java:9) ~[app.jar:1.0]
            	at jdk.proxy2/jdk.proxy2.$Proxy12.call(Unknown Source)
            	at org.springframework.web.Dispatcher.serve(Dispatcher.java:100)
            	Suppressed: java.io.IOException: close
            		at com.acme.Res.close(Res.java:3)
            		... 4 more
            Caused by: java.sql.SQLException: connection to 10.0.0.1:5432 refused
            second line of the message
            	at com.acme.Db.open(Db.java:77)
            	... 7 more
            """;

    private static final String PYTHON = """
            Traceback (most recent call last):
              File "/srv/build-12/app/shop/order.py", line 10, in order
                pay(x)
                ~~~^^^
              File "/usr/lib/python3.12/json/decoder.py", line 3, in decode
                raise ValueError
            ValueError: bad value 17

            The above exception was the direct cause of the following exception:

            Traceback (most recent call last):
              File "/srv/build-12/app/shop/main.py", line 3, in <module>
                order()
              File "/srv/venv/lib/python3.12/site-packages/flask/app.py", line 3, in run
                order()
            shop.errors.OrderError: no order 17
            """;

    private static final String JAVASCRIPT = """
            /home/ci/app/src/shop.js:12
                throw new TypeError('x')
                ^

            TypeError: Cannot read properties of undefined (reading 'id')
                at order (/home/ci/app/src/shop.js:12:7)
                at async Object.all (file:///home/ci/app/src/main.mjs:3:1)
                at Array.map (<anonymous>)
                at /home/ci/app/node_modules/express/lib/router.js:1:2
                at node:internal/process/task_queues:95:5 {
              [cause]: Error: inner 5
                  at inner (/home/ci/app/src/inner.js:1:1)
                  ... 3 lines matching cause stack trace ...
            }
            """;

    private static final String GO = """
            panic: runtime error: index out of range [5] with length 3

            goroutine 1 [running]:
            main.(*Shop).Order(0xc000012345, {0x1, 0x2})
            	/home/ci/shop/main.go:12 +0x1d
            main.main.func1.2()
            	/home/ci/shop/main.go:20 +0x2d
            net/http.HandlerFunc.ServeHTTP(0x1, 0x2)
            	/usr/local/go/src/net/http/server.go:2136 +0x29
            github.com/gin-gonic/gin.(*Engine).Run(...)
            	/home/ci/go/pkg/mod/github.com/gin-gonic/gin@v1.9.1/gin.go:1 +0x1
            created by main.main in goroutine 1
            	/home/ci/shop/main.go:33 +0x1

            goroutine 7 [chan receive]:
            main.other()
            	/home/ci/shop/other.go:1 +0x1
            exit status 2
            """;

    private static Trace parse(String text) {
        return StackTraces.parse(text).orElseThrow();
    }

    private static void sameFault(String a, String b) {
        assertThat(a).isNotEqualTo(b);
        assertThat(parse(a).fingerprint()).isEqualTo(parse(b).fingerprint());
    }

    @Test
    void readsJavaWithItsCauses() {
        Trace trace = parse(JAVA);
        assertThat(trace.language()).isEqualTo(Language.JAVA);
        assertThat(trace.type()).isEqualTo("java.lang.IllegalStateException");
        assertThat(trace.message()).isEqualTo("order <*> is closed");
        assertThat(trace.frames().getFirst()).isEqualTo(new Frame("com.acme.Shop.order", "Shop.java", 12, Origin.OWN));
        assertThat(trace.frames().stream().map(Frame::origin))
                .containsExactly(
                        Origin.OWN,
                        Origin.GENERATED,
                        Origin.OWN,
                        Origin.GENERATED,
                        Origin.PLATFORM,
                        Origin.OWN,
                        Origin.GENERATED,
                        Origin.LIBRARY);
        assertThat(trace.telling().stream().map(Frame::function))
                .containsExactly("com.acme.Shop.order", "com.acme.Shop.all$lambda", "com.acme.Main$*.run");
        assertThat(trace.links().stream().map(Trace.Link::relation))
                .containsExactly(Relation.SUPPRESSED, Relation.CAUSE);
        assertThat(trace.links().getFirst().trace().type()).isEqualTo("java.io.IOException");
        assertThat(trace.root().type()).isEqualTo("java.sql.SQLException");
        assertThat(trace.root().message()).isEqualTo("connection to <*>:<*> refused");
        assertThat(trace.root().frames()).containsExactly(new Frame("com.acme.Db.open", "Db.java", 77, Origin.OWN));
    }

    @Test
    void readsPythonWithItsCauses() {
        Trace trace = parse(PYTHON);
        assertThat(trace.language()).isEqualTo(Language.PYTHON);
        assertThat(trace.type()).isEqualTo("shop.errors.OrderError");
        assertThat(trace.message()).isEqualTo("no order <*>");
        assertThat(trace.frames())
                .containsExactly(
                        new Frame("run", "flask/app.py", 3, Origin.LIBRARY),
                        new Frame("<module>", "shop/main.py", 3, Origin.OWN));
        assertThat(trace.links())
                .singleElement()
                .extracting(Trace.Link::relation)
                .isEqualTo(Relation.CAUSE);
        assertThat(trace.root().type()).isEqualTo("ValueError");
        assertThat(trace.root().telling()).containsExactly(new Frame("order", "shop/order.py", 10, Origin.OWN));
        String context = PYTHON.replace(Python.CAUSE, Python.CONTEXT);
        assertThat(parse(context).links())
                .singleElement()
                .extracting(Trace.Link::relation)
                .isEqualTo(Relation.CONTEXT);
    }

    @Test
    void readsJavaScriptWithItsCause() {
        Trace trace = parse(JAVASCRIPT);
        assertThat(trace.language()).isEqualTo(Language.JAVASCRIPT);
        assertThat(trace.type()).isEqualTo("TypeError");
        assertThat(trace.frames())
                .containsExactly(
                        new Frame("order", "shop.js", 12, Origin.OWN),
                        new Frame("all", "main.mjs", 3, Origin.OWN),
                        new Frame("Array.map", "<anonymous>", 0, Origin.PLATFORM),
                        new Frame("<anonymous>", "router.js", 1, Origin.LIBRARY),
                        new Frame("<anonymous>", "node:internal/process/task_queues", 95, Origin.PLATFORM));
        assertThat(trace.root().type()).isEqualTo("Error");
        assertThat(trace.root().message()).isEqualTo("inner <*>");
    }

    @Test
    void readsTheGoroutineThatPanicked() {
        Trace trace = parse(GO);
        assertThat(trace.language()).isEqualTo(Language.GO);
        assertThat(trace.type()).isEqualTo("runtime error");
        assertThat(trace.message()).isEqualTo("index out of range [<*>] with length <*>");
        assertThat(trace.frames())
                .containsExactly(
                        new Frame("main.(*Shop).Order", "main.go", 12, Origin.OWN),
                        new Frame("main.main.func*.*", "main.go", 20, Origin.OWN),
                        new Frame("net/http.HandlerFunc.ServeHTTP", "server.go", 2136, Origin.PLATFORM),
                        new Frame("github.com/gin-gonic/gin.(*Engine).Run", "gin.go", 1, Origin.LIBRARY));
    }

    @Test
    void aPanicInADeferredCallIsCausedByTheFirst() {
        Trace trace =
                parse("panic: first 1 [recovered]\n\tpanic: second\n\n" + GO.substring(GO.indexOf("goroutine 1")));
        assertThat(trace.message()).isEqualTo("second");
        assertThat(trace.links())
                .singleElement()
                .extracting(Trace.Link::relation)
                .isEqualTo(Relation.CAUSE);
        assertThat(trace.root().message()).isEqualTo("first <*> [recovered]");
    }

    @Test
    void linesAndMessagesDoNotCount() {
        sameFault(
                JAVA,
                JAVA.replace(".java:", ".java:9").replace("order 17", "another").replace("10.0.0.1", "10.9.9.9"));
        sameFault(PYTHON, PYTHON.replace("line 3", "line 99").replace("17", "18"));
        sameFault(JAVASCRIPT, JAVASCRIPT.replace(":12:7", ":99:1").replace("'id'", "'name'"));
        sameFault(GO, GO.replace(".go:", ".go:9").replace("[5]", "[6]").replace("0xc000012345", "0xc000099999"));
    }

    @Test
    void whatBuildsAndProxiesAddDoesNotCount() {
        sameFault(
                JAVA,
                JAVA.replace("abc123", "77ff")
                        .replace("lambda$all$3", "lambda$all$11")
                        .replace("0x00007f0001", "0x1"));
        sameFault(
                JAVA,
                JAVA.replace("Main$1", "Main$2").replace("$Proxy12", "$Proxy99").replace("app//", ""));
        sameFault(
                JAVA,
                JAVA.replace("\tat com.acme.Shop$$EnhancerBySpringCGLIB$$abc123.order(<generated>)\n", "")
                        .replace("\tat jdk.proxy2/jdk.proxy2.$Proxy12.call(Unknown Source)\n", "")
                        .replace("\tat org.springframework.web.Dispatcher.serve(Dispatcher.java:100)\n", ""));
        sameFault(PYTHON, PYTHON.replace("/srv/build-12/", "/home/me/").replace("python3.12", "python3.13"));
        sameFault(JAVASCRIPT, JAVASCRIPT.replace("/home/ci/", "/Users/me/").replace("shop.js", "shop.4f3a2b1c.js"));
        sameFault(
                GO,
                GO.replace("/home/ci/", "/builds/me/")
                        .replace("func1.2", "func3.1")
                        .replace("gin@v1.9.1", "gin@v1.10.0"));
    }

    @Test
    void theDepthOfARecursionDoesNotCount() {
        String deep = "\tat com.acme.Tree.walk(Tree.java:5)\n";
        sameFault(
                "java.lang.StackOverflowError\n" + deep.repeat(20),
                "java.lang.StackOverflowError\n" + deep.repeat(900));
    }

    @Test
    void otherFaultsHaveOtherFingerprints() {
        Fingerprint fault = parse(JAVA).fingerprint();
        Fingerprint type = parse(JAVA.replace("IllegalStateException", "IllegalArgumentException"))
                .fingerprint();
        assertThat(type.exact()).isNotEqualTo(fault.exact());
        assertThat(type.loose()).isNotEqualTo(fault.loose());
        assertThat(type.root()).isEqualTo(fault.root());
        Fingerprint place = parse(JAVA.replace("Shop.order", "Shop.cancel")).fingerprint();
        assertThat(place.loose()).isNotEqualTo(fault.loose());
        Fingerprint way =
                parse(JAVA.replace("com.acme.Main$1", "com.acme.Batch$1")).fingerprint();
        assertThat(way.exact()).isNotEqualTo(fault.exact());
        assertThat(way.loose()).isEqualTo(fault.loose());
        Fingerprint cause = parse(JAVA.replace("Db.open", "Db.close")).fingerprint();
        assertThat(cause.exact()).isNotEqualTo(fault.exact());
        assertThat(cause.loose()).isEqualTo(fault.loose());
        assertThat(cause.root()).isNotEqualTo(fault.root());
    }

    @Test
    void theFingerprintIsStoredAndStaysWhatItIs() {
        assertThat(parse("java.lang.Error: x\n\tat com.acme.A.b(A.java:1)\n").fingerprint())
                .isEqualTo(new Fingerprint("943530e3e889f2dc", "1115875f15eb798d", "1115875f15eb798d"));
    }

    @Test
    void withoutOwnFramesTheLibrariesTell() {
        Trace trace = parse("""
                java.lang.RuntimeException
                	at java.base/java.lang.Thread.run(Thread.java:1)
                	at org.apache.kafka.Client.poll(Client.java:5)
                """);
        assertThat(trace.telling().stream().map(Frame::function)).containsExactly("org.apache.kafka.Client.poll");
    }

    @Test
    void aTextWithoutFramesIsNoTrace() {
        assertThat(StackTraces.parse("java.lang.IllegalStateException: but where"))
                .isEmpty();
        assertThat(StackTraces.parse("Traceback (most recent call last):")).isEmpty();
        assertThat(StackTraces.parse("panic: x\n\ngoroutine 1 [running]:\n")).isEmpty();
        assertThat(StackTraces.parse("look at this (and that)")).isEmpty();
        assertThat(StackTraces.parse("")).isEmpty();
    }

    @Test
    void endlessChainsAreCutOff() {
        StringBuilder text = new StringBuilder("java.lang.Error: 0\n\tat a.B.c(B.java:1)\n");
        for (int i = 1; i < 5_000; i++) {
            text.append("Caused by: java.lang.Error: ").append(i).append("\n\tat a.B.c(B.java:1)\n");
        }
        Trace trace = parse(text.toString());
        int faults = 1;
        for (Trace at = trace; !at.links().isEmpty(); at = at.links().getFirst().trace()) {
            faults++;
        }
        assertThat(faults).isEqualTo(StackTraces.FAULTS);
        assertThat(trace.root().frames().size()).isLessThanOrEqualTo(StackTraces.FRAMES);
    }

    /** 10^7 texts with -Ddevmentor.long=true, and there none of 64 KiB may take 50 ms. */
    @Test
    void takesAnyText() {
        boolean full = Boolean.getBoolean("devmentor.long");
        int texts = full ? 10_000_000 : 100_000;
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < texts; i++) {
            String text = Mangled.text(random, i % 2_000 == 0 ? 1 << 16 : 400, List.of(JAVA, PYTHON, JAVASCRIPT, GO));
            long from = CPU.getCurrentThreadCpuTime();
            StackTraces.parse(text).ifPresent(Trace::fingerprint);
            long nanos = CPU.getCurrentThreadCpuTime() - from;
            if (full && i > 100_000) {
                assertThat(nanos).as(text).isLessThan(50_000_000);
            }
        }
    }
}
