package dev.devmentor.testkit.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Rules for tests; a service's own test includes them for its packages. */
public final class TestRules {
    /** A {@code *Test} needs no server, no network and no database; an {@code *IT} starts them. */
    @ArchTest
    public static final ArchRule A_TEST_WITHOUT_I_O_STARTS_NOTHING = noClasses()
            .that()
            .haveSimpleNameEndingWith("Test")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.devmentor.testkit",
                    "io.quarkus.test..",
                    "io.restassured..",
                    "java.net..",
                    "java.sql..",
                    "org.apache.kafka..");

    /** Real parts, or collections. */
    @ArchTest
    public static final ArchRule NOTHING_IS_MOCKED =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("org.mockito..", "org.easymock..");

    /** Tests wait for conditions. */
    @ArchTest
    public static final ArchRule NOBODY_WAITS_FOR_TIME = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", java.time.Duration.class);

    private TestRules() {}
}
