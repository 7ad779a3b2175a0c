package dev.devmentor.pbml;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.OnlyIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Rules for the tests themselves. */
@AnalyzeClasses(packages = "dev.devmentor.pbml", importOptions = OnlyIncludeTests.class)
class TestsTest {
    @ArchTest
    static final ArchRule A_TEST_WITHOUT_I_O_STARTS_NOTHING = noClasses()
            .that()
            .haveSimpleNameEndingWith("Test")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.devmentor.testkit..",
                    "io.quarkus.test..",
                    "io.restassured..",
                    "java.net..",
                    "java.sql..",
                    "org.apache.kafka..");

    @ArchTest
    static final ArchRule NOTHING_IS_MOCKED =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("org.mockito..", "org.easymock..");

    @ArchTest
    static final ArchRule NOBODY_WAITS_FOR_TIME = noClasses()
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(Thread.class, "sleep", java.time.Duration.class);
}
