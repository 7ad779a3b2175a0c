package dev.devmentor.cli.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecogniserTest {
    private static final String MAVEN_COMPILES = """
        [INFO] --- compiler:3.14.1:compile (default-compile) @ shop ---
        [INFO] Compiling 2 source files with javac [debug release 25] to target/classes
        [INFO] -------------------------------------------------------------
        [ERROR] COMPILATION ERROR :\s
        [INFO] -------------------------------------------------------------
        [ERROR] /home/ada/shop/src/main/java/demo/Greeter.java:[12,16] cannot find symbol
          symbol:   variable StringUtils
          location: class demo.Greeter
        [ERROR] /home/ada/shop/src/main/java/demo/Cart.java:[7,5] ';' expected
        [INFO] 2 errors\s
        [INFO] -------------------------------------------------------------
        [INFO] BUILD FAILURE
        [ERROR] Failed to execute goal org.apache.maven.plugins:maven-compiler-plugin:3.14.1:compile (default-compile) on project shop: Compilation failure: Compilation failure:\s
        [ERROR] /home/ada/shop/src/main/java/demo/Greeter.java:[12,16] cannot find symbol
        [ERROR]   symbol:   variable StringUtils
        [ERROR]   location: class demo.Greeter
        [ERROR] /home/ada/shop/src/main/java/demo/Cart.java:[7,5] ';' expected
        [ERROR] -> [Help 1]
        [ERROR]\s
        [ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.
        [ERROR] Re-run Maven using the -X switch to enable full debug logging.
        [ERROR]\s
        [ERROR] For more information about the errors and possible solutions, please read the following articles:
        [ERROR] [Help 1] http://cwiki.apache.org/confluence/display/MAVEN/MojoFailureException
        """;

    private static final String SUREFIRE = """
        [INFO] --- surefire:3.5.4:test (default-test) @ shop ---
        [INFO] Running demo.CartTest
        [INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.05 s -- in demo.CartTest
        [INFO] Running demo.GreeterTest
        [ERROR] Tests run: 2, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 0.112 s <<< FAILURE! -- in demo.GreeterTest
        [ERROR] demo.GreeterTest.greets -- Time elapsed: 0.018 s <<< FAILURE!
        org.opentest4j.AssertionFailedError: expected: <Hello Ada> but was: <Hello ada>
        \tat org.junit.jupiter.api.AssertionFailureBuilder.build(AssertionFailureBuilder.java:151)
        \tat org.junit.jupiter.api.Assertions.assertEquals(Assertions.java:1145)
        \tat demo.GreeterTest.greets(GreeterTest.java:14)

        [INFO]\s
        [INFO] Results:
        [INFO]\s
        [ERROR] Failures:\s
        [ERROR]   GreeterTest.greets:14 expected: <Hello Ada> but was: <Hello ada>
        [INFO]\s
        [ERROR] Tests run: 5, Failures: 1, Errors: 0, Skipped: 0
        [INFO] BUILD FAILURE
        [ERROR] Failed to execute goal org.apache.maven.plugins:maven-surefire-plugin:3.5.4:test (default-test) on project shop: There are test failures.
        [ERROR]\s
        [ERROR] See /home/ada/shop/target/surefire-reports for the individual test results.
        [ERROR] -> [Help 1]
        """;

    @Test
    void readsCompilerErrorsOfMavenOnceEachAndLeavesItsDecorationOut() {
        List<Finding> found = Recognition.of(MAVEN_COMPILES);

        assertThat(found)
                .extracting(Finding::title)
                .containsExactly("cannot find symbol StringUtils (Greeter.java)", "';' expected (Cart.java)");
        assertThat(found.getFirst().files()).containsExactly("src/main/java/demo/Greeter.java");
        assertThat(found.getFirst().context()).isEqualTo("maven:shop:compiler:compile:default-compile");
        assertThat(found.getFirst().text()).isEqualTo("""
            [ERROR] src/main/java/demo/Greeter.java:[12,16] cannot find symbol
              symbol:   variable StringUtils
              location: class demo.Greeter\
            """);
    }

    @Test
    void coloursChangeNothing() {
        String coloured = MAVEN_COMPILES
                .replace("[ERROR]", "[\u001b[1;31mERROR\u001b[m]")
                .replace("cannot find", "\u001b[1mcannot\u001b[m find");
        assertThat(Recognition.titles(coloured)).isEqualTo(Recognition.titles(MAVEN_COMPILES));
    }

    @Test
    void aTestThatFailsInMavenIsItsStackTraceAndNothingElse() {
        List<Finding> found = Recognition.of(SUREFIRE);

        assertThat(found)
                .extracting(Finding::title)
                .containsExactly("AssertionFailedError: expected: <Hello Ada> but was: <Hello ada> (GreeterTest.java)");
        assertThat(found.getFirst().kind()).isEqualTo(Finding.Kind.TRACE);
        assertThat(found.getFirst().files()).containsExactly("demo/GreeterTest.java");
        assertThat(found.getFirst().context()).isEqualTo("test:demo.GreeterTest");
    }

    @Test
    void whyMavenStoppedIsAnErrorIfNothingElseIs() {
        assertThat(Recognition.titles("""
            [ERROR] Failed to execute goal on project shop: Could not resolve dependencies for project demo:shop:jar:1: Could not find artifact x:y:jar:1 in central -> [Help 1]
            [ERROR]\s
            [ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.
            """))
                .containsExactly("Could not resolve dependencies for project demo:shop:jar:1: Could not find artifact"
                        + " x:y:jar:1 in central");
        assertThat(new Recognition().read("[ERROR] Failed to execute goal on project shop: broken -> [Help 1]\n", 0))
                .isEmpty();
    }

    @Test
    void movedCodeIsTheSameErrorAndAnotherSymbolIsAnother() {
        String line = """
            [ERROR] /home/ada/shop/src/main/java/demo/Greeter.java:[12,16] cannot find symbol
              symbol:   variable StringUtils
            """;
        Finding before = Recognition.of(line).getFirst();
        Finding moved = Recognition.of(line.replace("[12,16]", "[99,3]")).getFirst();
        Finding other = Recognition.of(line.replace("StringUtils", "Strings")).getFirst();
        Finding elsewhere = Recognition.of(line.replace("Greeter", "Cart")).getFirst();

        assertThat(moved.identity()).isEqualTo(before.identity());
        assertThat(other.identity().loose()).isNotEqualTo(before.identity().loose());
        assertThat(elsewhere.identity().exact()).isNotEqualTo(before.identity().exact());
        assertThat(elsewhere.identity().root()).isEqualTo(before.identity().root());
    }

    @Test
    void readsJavac() {
        assertThat(Recognition.titles("""
            src/main/java/demo/Greeter.java:5: error: cannot find symbol
                    return StringUtils.capitalize(name);
                           ^
              symbol:   variable StringUtils
              location: class Greeter
            src/main/java/demo/Cart.java:9: error: incompatible types: String cannot be converted to int
                    int n = "1";
                            ^
            2 errors
            """))
                .containsExactly(
                        "cannot find symbol StringUtils (Greeter.java)",
                        "incompatible types: String cannot be converted to int (Cart.java)");
    }

    @Test
    void readsGradleAndKnowsTheTask() {
        Recognition gradle = new Recognition();
        List<Finding> found = gradle.read("""
            > Task :app:compileKotlin FAILED
            e: file:///home/ada/shop/app/src/main/kotlin/App.kt:3:5 Unresolved reference 'foo'.

            FAILURE: Build failed with an exception.

            * What went wrong:
            Execution failed for task ':app:compileKotlin'.
            > Compilation error. See log for more details

            * Try:
            > Run with --stacktrace option to get the stack trace.

            BUILD FAILED in 2s
            """, 1);
        assertThat(found).extracting(Finding::title).containsExactly("Unresolved reference 'foo'. (App.kt)");
        assertThat(found.getFirst().context()).isEqualTo("gradle::app:compileKotlin");
        assertThat(Recognition.titles("""
            * What went wrong:
            Could not determine the dependencies of task ':compileJava'.
            > Could not resolve x:y:1.

            * Try:
            """))
                .containsExactly(
                        "Could not determine the dependencies of task ':compileJava'. Could not resolve x:y:1.");
    }

    @Test
    void readsTypeScriptInBothOfItsWays() {
        assertThat(Recognition.titles("""
            src/cart.ts(12,7): error TS2322: Type 'string' is not assignable to type 'number'.
            src/app.tsx:3:10 - error TS2305: Module '"./cart"' has no exported member 'Item'.

            3 import { Item } from './cart';
                       ~~~~
            """))
                .containsExactly(
                        "TS2322: Type 'string' is not assignable to type 'number'. (cart.ts)",
                        "TS2305: Module '\"./cart\"' has no exported member 'Item'. (app.tsx)");
    }

    @Test
    void readsPytest() {
        List<Finding> found = Recognition.of("""
            =================================== FAILURES ===================================
            _________________________________ test_total __________________________________

                def test_total():
            >       assert total([1, 2]) == 4
            E       assert 3 == 4
            E        +  where 3 = total([1, 2])

            tests/test_cart.py:5: AssertionError
            =========================== short test summary info ============================
            FAILED tests/test_cart.py::test_total - assert 3 == 4
            """);
        assertThat(found).extracting(Finding::title).containsExactly("test_total: assert 3 == 4 (test_cart.py)");
        assertThat(found.getFirst().files()).containsExactly("tests/test_cart.py");
    }

    @Test
    void readsGo() {
        assertThat(Recognition.titles("""
            # example.org/shop/cart
            cart/cart.go:12:3: undefined: total
            --- FAIL: TestTotal (0.00s)
                cart_test.go:9: got 3, want 4
            FAIL
            FAIL\texample.org/shop/cart\t0.003s
            """))
                .containsExactly("undefined: total (cart.go)", "TestTotal failed: got 3, want 4 (cart_test.go)");
    }

    @Test
    void readsRust() {
        assertThat(Recognition.titles("""
            error[E0308]: mismatched types
             --> src/main.rs:4:18
              |
            4 |     let n: i32 = "1";
              |            ---   ^^^ expected `i32`, found `&str`

            error: could not compile `shop` (bin "shop") due to 1 previous error
            """)).containsExactly("[E0308] mismatched types (main.rs)");
        assertThat(Recognition.titles("""
            thread 'cart::tests::total' panicked at src/cart.rs:10:5:
            assertion `left == right` failed
            note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace
            """)).containsExactly("panicked: assertion `left == right` failed (cart.rs)");
    }

    @Test
    void readsNpmAndMakeIfThereIsNothingBetter() {
        assertThat(Recognition.titles("""
            npm error code ERESOLVE
            npm error ERESOLVE unable to resolve dependency tree
            npm error
            npm error Found: react@19.0.0
            """))
                .containsExactly("npm: code ERESOLVE, ERESOLVE unable to resolve dependency tree");
        assertThat(Recognition.titles(
                        "main.c:3:5: error: unknown type name 'in'\nmake: *** [Makefile:2: main] Error 1\n"))
                .containsExactly("unknown type name 'in' (main.c)");
        assertThat(Recognition.titles("make: *** No rule to make target 'x'.  Stop.\n"))
                .containsExactly("make: No rule to make target 'x'.  Stop.");
    }

    @Test
    void readsTheLevelInCommonLayoutsOfLogs() {
        assertThat(Recognition.titles("""
            2026-11-29 10:00:00,123 ERROR [main] demo.Cart - cannot save order 17
            2026-11-29T10:00:01Z  INFO 1 --- [main] demo.Cart : no error here, ERRORS=0
            2026-11-29T10:00:02Z ERROR 1 --- [main] demo.Cart : cannot load order 18
            [10:00:03] [FATAL] out of disk
            SEVERE: cannot bind
            ERROR:root:cannot parse
            time=10:00 level=error msg="cannot reach db" host=a
            {"level":"error","time":1,"message":"cannot reach cache"}
            level=info msg="all is well"
            """))
                .containsExactly(
                        "[main] demo.Cart - cannot save order 17",
                        "1 --- [main] demo.Cart : cannot load order 18",
                        "out of disk",
                        "cannot bind",
                        "root:cannot parse",
                        "cannot reach db",
                        "cannot reach cache");
    }

    @Test
    void aLogsLineAndTheTraceBelowItAreOneError() {
        List<Finding> found = Recognition.of("""
            2026-11-29 10:00:00,123 ERROR [main] demo.Cart - cannot save
            java.lang.IllegalStateException: cannot save order 17
            \tat demo.Cart.save(Cart.java:12)
            \tat demo.Shop.main(Shop.java:5)
            Caused by: java.io.IOException: disk full
            \tat demo.Disk.write(Disk.java:9)
            \t... 2 more
            """);
        assertThat(found)
                .extracting(Finding::title)
                .containsExactly("IllegalStateException: cannot save order 17, caused by IOException (Disk.java)");
        assertThat(found.getFirst().files()).containsExactly("demo/Disk.java", "demo/Cart.java", "demo/Shop.java");
    }

    @Test
    void readsTracesOfEveryLanguage() {
        assertThat(Recognition.titles("""
            Traceback (most recent call last):
              File "/home/ada/shop/cart.py", line 3, in total
                return sum(items)
            TypeError: unsupported operand type(s) for +: 'int' and 'str'
            """))
                .containsExactly("TypeError: unsupported operand type(s) for +: 'int' and 'str' (cart.py)");
        assertThat(Recognition.titles("""
            panic: runtime error: index out of range [3] with length 3

            goroutine 1 [running]:
            main.total(...)
            \t/home/ada/shop/cart.go:9
            main.main()
            \t/home/ada/shop/main.go:5 +0x1d
            exit status 2
            """)).hasSize(1);
        assertThat(Recognition.titles("""
            /home/ada/shop/cart.js:3
                return items.length;
                             ^

            TypeError: Cannot read properties of undefined (reading 'length')
                at total (/home/ada/shop/cart.js:3:18)
                at Object.<anonymous> (/home/ada/shop/main.js:2:1)
            """))
                .containsExactly("TypeError: Cannot read properties of undefined (reading 'length') (cart.js)");
    }

    @Test
    void noSecretAndNoFolderOfAPersonIsInAFinding() {
        Finding found = Recognition.of("2026-11-29 ERROR cannot log in at https://ada:pw@db/ with password=hunter2\n")
                .getFirst();
        assertThat(found.title()).isEqualTo("cannot log in at https://***@db/ with password=***");
        assertThat(found.text()).doesNotContain("hunter2").doesNotContain("ada:pw");
    }

    @Test
    void aCommandThatSaysNothingOfItsErrorIsKnownByItsLastWords() {
        Recogniser recogniser = new Recogniser(Recognition.PATHS, new Progress(), line -> {});
        recogniser.accept("checking 12 files");
        recogniser.accept("something is wrong with 3 of them");
        recogniser.flush();
        assertThat(recogniser.failure(3).title()).isEqualTo("exit 3: something is wrong with 3 of them");
    }

    @Test
    void linesOnErrorsTeachNoTemplatesButLogsDo() {
        Recognition maven = new Recognition();
        maven.read(MAVEN_COMPILES, 1);
        assertThat(maven.learned).noneMatch(line -> line.startsWith("[ERROR]"));

        Recognition log = new Recognition();
        log.read("2026-11-29 10:00:00 ERROR cannot save order 17\n", 0);
        assertThat(log.learned).containsExactly("2026-11-29 10:00:00 ERROR cannot save order 17");
    }

    @Test
    void knowsWhichPartsOfABuildWerePassed() {
        Recognition surefire = new Recognition();
        surefire.read("[INFO] --- compiler:3.14.1:compile (default-compile) @ shop ---\n" + SUREFIRE, 1);
        Progress progress = surefire.progress;

        assertThat(progress.passed("maven:shop:compiler:compile:default-compile"))
                .isTrue();
        assertThat(progress.passed("maven:shop:surefire:test:default-test")).isFalse();
        assertThat(progress.passed("test:demo.CartTest")).isTrue();
        assertThat(progress.passed("test:demo.GreeterTest")).isFalse();
        assertThat(progress.passed("test:demo.OtherTest")).isFalse();
        assertThat(progress.passed("")).isFalse();
        assertThat(progress.succeeded()).isFalse();
    }

    @Test
    void aModuleThatWasPassedIsNoOtherOne() {
        Recognition maven = new Recognition();
        maven.read("""
            [INFO] --- maven-compiler-plugin:3.8.1:compile (default-compile) @ a ---
            [INFO] --- maven-compiler-plugin:3.8.1:compile (default-compile) @ b ---
            [INFO] --- maven-surefire-plugin:3.2.5:test (default-test) @ b ---
            [INFO] BUILD FAILURE
            """, 1);
        assertThat(maven.progress.passed("maven:b:compiler:compile:default-compile"))
                .isTrue();
        assertThat(maven.progress.passed("maven:a:compiler:compile:default-compile"))
                .isFalse();
    }
}
