package dev.devmentor.fuzz;

import static dev.devmentor.fuzz.Cost.promise;

import dev.devmentor.pbml.engine.trace.Fingerprint;
import dev.devmentor.pbml.engine.trace.OwnCode;
import dev.devmentor.pbml.engine.trace.StackTraces;
import dev.devmentor.pbml.engine.trace.Trace;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A stack trace of one language. */
final class TraceTarget implements Target {

    static final String JAVA = """
            Exception in thread "main" java.lang.IllegalStateException: order 17 is closed
            	at com.acme.Shop$$EnhancerBySpringCGLIB$$abc123.order(<generated>)
            	at com.acme.Shop.lambda$all$3(Shop.java:44)
            	at com.acme.Shop$$Lambda/0x00007f0001.run(Unknown Source)
            	at java.base/java.util.ArrayList.forEach(ArrayList.java:1511)
            	at app//com.acme.Main$1.run(Main.java:9) ~[app.jar:1.0]
            	Suppressed: java.io.IOException: close
            		at com.acme.Res.close(Res.java:3)
            		... 4 more
            Caused by: java.sql.SQLException: connection to 10.0.0.1:5432 refused
            second line of the message
            	at com.acme.Db.open(Db.java:77)
            	... 7 more
            """;

    static final String JAVASCRIPT = """
            TypeError [ERR_X]: Cannot read properties of undefined (reading 'id')
                at order [as x] (C:\\app\\src\\shop.4f3a2b1c.js:12:7)
                at async Object.all (file:///home/ci/app/src/main.mjs?v=1:3:1)
                at Array.map (<anonymous>)
                at /home/ci/app/node_modules/express/lib/router.js:1:2
                at node:internal/process/task_queues:95:5 {
              [cause]: Error: inner 5
                  at inner (/home/ci/app/src/inner.js:1:1)
                  ... 3 lines matching cause stack trace ...
            }
            """;

    static final String PYTHON = """
            Traceback (most recent call last):
              File "/srv/build-12/app/shop/order.py", line 10, in order
                pay(x)
            ValueError: bad value 17

            The above exception was the direct cause of the following exception:

              + Exception Group Traceback (most recent call last):
              |   File "/srv/venv/lib/python3.12/site-packages/flask/app.py", line 3, in run
              | shop.errors.OrderError: no order 17

            During handling of the above exception, another exception occurred:

            Traceback (most recent call last):
              File "<string>", line 1
            KeyError:
            """;

    static final String GO = """
            panic: main.OrderError{1} [recovered]
            	panic: runtime error: index out of range [5] with length 3

            goroutine 1 [running]:
            main.(*Shop).Order(0xc000012345, {0x1, 0x2})
            	/home/ci/shop/main.go:12 +0x1d
            main.main.func1.2()
            	/home/ci/shop/main.go:20 +0x2d
            github.com/gin-gonic/gin.(*Engine).Run(...)
            	/home/ci/go/pkg/mod/github.com/gin-gonic/gin@v1.9.1/gin.go:1 +0x1
            created by main.main in goroutine 1
            	/home/ci/shop/main.go:33 +0x1
            """;

    private static final OwnCode OWN = OwnCode.of(List.of(
            "com.acme",
            "org.apache.kafka",
            "java",
            "node_modules/express",
            "site-packages/flask",
            "github.com/gin-gonic",
            "/srv",
            "a"));

    private final String name;
    private final String seed;

    TraceTarget(String name, String seed) {
        this.name = name;
        this.seed = seed;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        seeds.add(seed.getBytes(StandardCharsets.UTF_8));
        seeds.add(seed.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
        return seeds;
    }

    @Override
    public void accept(byte[] input) {
        String text = Texts.of(input, 0);
        List<Optional<Trace>> read = new ArrayList<>(1);
        Cost.withinTime(input.length, () -> {
            read.clear();
            Optional<Trace> trace = StackTraces.parse(text);
            trace.ifPresent(Trace::fingerprint);
            read.add(trace);
        });
        Optional<Trace> trace = read.getFirst();
        if (trace.isPresent()) {
            Fingerprint fingerprint = trace.get().fingerprint();
            hexadecimal(fingerprint.exact());
            hexadecimal(fingerprint.loose());
            hexadecimal(fingerprint.root());
            promise(faults(trace.get()) <= StackTraces.FAULTS, "no more faults than allowed");
        }
        // Whoever owns what: only where frames come from may change.
        promise(
                StackTraces.parse(text, OWN)
                        .map(own -> own.frames().size())
                        .equals(trace.map(known -> known.frames().size())),
                "own code changes no number of frames");
        if (text.indexOf('\r') < 0 && 2 * text.length() < StackTraces.CHARACTERS) {
            promise(StackTraces.parse(text.replace("\n", "\r\n")).equals(trace), "ends of lines change nothing");
        }
    }

    private static void hexadecimal(String hash) {
        promise(
                hash.length() == 16 && hash.chars().allMatch(c -> Character.digit(c, 16) >= 0),
                "16 hexadecimal digits");
    }

    private static int faults(Trace trace) {
        promise(trace.frames().size() <= StackTraces.FRAMES, "no more frames than allowed");
        int faults = 1;
        for (Trace.Link link : trace.links()) {
            faults += faults(link.trace());
        }
        return faults;
    }
}
