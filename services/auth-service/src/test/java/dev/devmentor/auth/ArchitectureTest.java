package dev.devmentor.auth;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.devmentor.kit.consume.EventHandler;
import jakarta.ws.rs.Path;

@AnalyzeClasses(packages = "dev.devmentor.auth", importOptions = DoNotIncludeTests.class)
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
            classes().that().areAnnotatedWith(Path.class).should().bePublic().allowEmptyShould(true);

    @ArchTest
    static final ArchRule REACTIONS_ARE_NAMED_BY_THEIR_CAUSE = classes()
            .that()
            .implement(EventHandler.class)
            .should()
            .haveSimpleNameStartingWith("When")
            .andShould()
            .bePackagePrivate();

    /** One who answers requests asks the feature that owns a table; SQL stands there. */
    @ArchTest
    static final ArchRule ONLY_TABLES_KNOW_SQL = noClasses()
            .that()
            .haveSimpleNameStartingWith("When")
            .and()
            .resideOutsideOfPackage("..erasure..")
            .or()
            .haveSimpleNameEndingWith("Resource")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.sql.PreparedStatement");

    @ArchTest
    static final ArchRule TIME_COMES_FROM_THE_INJECTED_CLOCK = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(java.time.ZoneId.class, "systemDefault");

    @ArchTest
    static final ArchRule NOTHING_IS_SENT_BUT_BY_THE_OUTBOX =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("org.apache.kafka.clients.producer..");

    /** Who somebody is, is decided before they get a session; a session knows no way in. */
    @ArchTest
    static final ArchRule SESSIONS_KNOW_NO_WAY_IN = noClasses()
            .that()
            .resideInAPackage("..auth.session..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "..auth.login..", "..auth.github..", "..auth.srp..", "..auth.device..", "..auth.password..");

    @ArchTest
    static final ArchRule ACCOUNTS_KNOW_NOBODY = noClasses()
            .that()
            .resideInAPackage("..auth.account..")
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "are of other features",
                    type -> type.getPackageName().startsWith("dev.devmentor.auth.")
                            && !type.getPackageName().startsWith("dev.devmentor.auth.account")));
}
