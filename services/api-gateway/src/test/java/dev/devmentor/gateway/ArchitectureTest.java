package dev.devmentor.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.devmentor.testkit.rules.ServiceRules;

@AnalyzeClasses(packages = "dev.devmentor.gateway", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchTests ALL_SERVICES = ArchTests.in(ServiceRules.class);

    /** Octets are read in one place, which knows no rule of the gateway. */
    @ArchTest
    static final ArchRule THE_WIRE_KNOWS_NOBODY = noClasses()
            .that()
            .resideInAPackage("..gateway.wire..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..gateway.proxy..",
                    "..gateway.edge..",
                    "..gateway.filter..",
                    "..gateway.route..",
                    "..gateway.balance..");

    /** They decide; what is sent to whom is not theirs. */
    @ArchTest
    static final ArchRule BREAKERS_KNOW_NO_FRAMEWORK = noClasses()
            .that()
            .haveSimpleNameStartingWith("Circuit")
            .and()
            .haveSimpleNameNotEndingWith("s")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "io.quarkus..", "io.netty..");
}
