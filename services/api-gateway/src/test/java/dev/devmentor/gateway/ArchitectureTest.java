package dev.devmentor.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.ws.rs.Path;

@AnalyzeClasses(packages = "dev.devmentor.gateway", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule PACKAGES_ARE_CUT_BY_FEATURE = noClasses()
            .should()
            .resideInAnyPackage("..impl..", "..util..", "..utils..", "..manager..", "..service..", "..dto..");

    @ArchTest
    static final ArchRule EVERY_PACKAGE_SAYS_WHAT_IT_DECIDES = classes()
            .should(new ArchCondition<>("reside in a package that is @NullMarked and documented") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    boolean marked = type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked");
                    events.add(new SimpleConditionEvent(type, marked, type.getPackageName()));
                }
            });

    /** The framework serves no others once the service is packaged. */
    @ArchTest
    static final ArchRule RESOURCES_ARE_PUBLIC =
            classes().that().areAnnotatedWith(Path.class).should().bePublic();

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
