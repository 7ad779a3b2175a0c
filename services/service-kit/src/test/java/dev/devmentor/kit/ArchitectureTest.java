package dev.devmentor.kit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

@AnalyzeClasses(packages = "dev.devmentor.kit", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    /** What of the event contracts is infrastructure; the rest is the domain's. */
    private static final Set<String> INFRASTRUCTURE = Set.of(
            "Decoded",
            "Decoded$Accepted",
            "Decoded$Rejected",
            "Envelope",
            "Event",
            "EventDecoder",
            "EventEncoder",
            "EventType",
            "EventTypes",
            "HeaderLookup",
            "Reason",
            "UserErased",
            "UserErasureCompleted");

    @ArchTest
    static final ArchRule IT_KNOWS_NO_SERVICE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.devmentor.learning..", "dev.devmentor.pbml..", "dev.devmentor.cli..", "dev.devmentor.parts..");

    @ArchTest
    static final ArchRule IT_KNOWS_NO_WORD_OF_THE_DOMAIN = noClasses()
            .should()
            .dependOnClassesThat(new DescribedPredicate<JavaClass>("are events of the domain") {
                @Override
                public boolean test(JavaClass type) {
                    String name = type.getFullName();
                    return name.startsWith("dev.devmentor.events.")
                            && !INFRASTRUCTURE.contains(name.substring("dev.devmentor.events.".length()));
                }
            });

    /** Every service answers who asks for a person to be forgotten; of all other events the services alone know. */
    @ArchTest
    static final ArchRule ONLY_ERASURE_NAMES_EVENTS = noClasses()
            .that()
            .resideOutsideOfPackage("..kit.erasure..")
            .should()
            .dependOnClassesThat()
            .haveSimpleName("EventTypes")
            .orShould()
            .dependOnClassesThat()
            .haveSimpleNameStartingWith("UserEras");

    @ArchTest
    static final ArchRule PACKAGES_ARE_CUT_BY_PURPOSE =
            noClasses().should().resideInAnyPackage("..impl..", "..util..", "..utils..", "..manager..", "..service..");

    @ArchTest
    static final ArchRule EVERY_PACKAGE_IS_NULL_MARKED = classes()
            .should(new com.tngtech.archunit.lang.ArchCondition<>("reside in a package that is @NullMarked") {
                @Override
                public void check(JavaClass type, com.tngtech.archunit.lang.ConditionEvents events) {
                    events.add(new com.tngtech.archunit.lang.SimpleConditionEvent(
                            type,
                            type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked"),
                            type.getName()));
                }
            });

    @ArchTest
    static final ArchRule ONLY_THE_RELAY_SENDS = noClasses()
            .that()
            .resideOutsideOfPackages("..outbox..", "..telemetry..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka.clients.producer..");

    @ArchTest
    static final ArchRule TIME_COMES_FROM_THE_INJECTED_CLOCK = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.time.Instant.class, "now");

    @ArchTest
    static final ArchRule FAR_PARTS_DO_NOT_KNOW_EACH_OTHER = slices().matching(
                    "dev.devmentor.kit.(problem|postgres|identity)..")
            .should()
            .beFreeOfCycles();
}
