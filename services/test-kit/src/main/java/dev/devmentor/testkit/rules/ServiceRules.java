package dev.devmentor.testkit.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Rules for every service; a service's own test includes them for its packages, and adds what holds for its features. */
public final class ServiceRules {
    @ArchTest
    public static final ArchRule PACKAGES_ARE_CUT_BY_FEATURE = noClasses()
            .should()
            .resideInAnyPackage("..impl..", "..util..", "..utils..", "..manager..", "..service..", "..dto..");

    @ArchTest
    public static final ArchRule EVERY_PACKAGE_SAYS_WHAT_IT_DECIDES = classes()
            .should(new ArchCondition<>("reside in a package that is @NullMarked and documented") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    boolean marked = type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked");
                    events.add(new SimpleConditionEvent(type, marked, type.getPackageName()));
                }
            });

    /** The framework serves no others once the service is packaged. */
    @ArchTest
    public static final ArchRule RESOURCES_ARE_PUBLIC = classes()
            .that()
            .areAnnotatedWith("jakarta.ws.rs.Path")
            .should()
            .bePublic()
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule REACTIONS_ARE_NAMED_BY_THEIR_CAUSE = classes()
            .that()
            .implement("dev.devmentor.kit.consume.EventHandler")
            .should()
            .haveSimpleNameStartingWith("When")
            .andShould()
            .bePackagePrivate()
            .allowEmptyShould(true);

    @ArchTest
    public static final ArchRule TIME_COMES_FROM_THE_INJECTED_CLOCK = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(java.time.ZoneId.class, "systemDefault");

    @ArchTest
    public static final ArchRule NOTHING_IS_SENT_BUT_BY_THE_OUTBOX =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("org.apache.kafka.clients.producer..");

    private ServiceRules() {}
}
