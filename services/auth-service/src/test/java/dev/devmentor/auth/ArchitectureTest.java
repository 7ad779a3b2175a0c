package dev.devmentor.auth;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.devmentor.testkit.rules.ServiceRules;

@AnalyzeClasses(packages = "dev.devmentor.auth", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchTests ALL_SERVICES = ArchTests.in(ServiceRules.class);

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
