package dev.devmentor.learning;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.devmentor.testkit.rules.ServiceRules;

@AnalyzeClasses(packages = "dev.devmentor.learning", importOptions = DoNotIncludeTests.class)
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
            .haveSimpleName("ReviewResource")
            .or()
            .haveSimpleName("CardResource")
            .or()
            .haveSimpleName("SettingsResource")
            .or()
            .haveSimpleName("VerifyResource")
            .or()
            .haveSimpleName("InterviewResource")
            .or()
            .haveSimpleName("PlanInterview")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.sql.PreparedStatement");

    @ArchTest
    static final ArchRule FEATURES_THAT_REACT_DO_NOT_KNOW_EACH_OTHER = slices().matching(
                    "dev.devmentor.learning.(note|task|erasure|progress|settings|interview)..")
            .should()
            .notDependOnEachOther();

    /** It compares what all of them keep; none of them knows that it is compared. */
    @ArchTest
    static final ArchRule NOBODY_KNOWS_VERIFY = noClasses()
            .that()
            .resideOutsideOfPackage("..learning.verify..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..learning.verify..");
}
