package dev.devmentor.pbml;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import dev.devmentor.pbml.engine.owner.EventKey;
import dev.devmentor.testkit.rules.ServiceRules;

@AnalyzeClasses(packages = "dev.devmentor.pbml", importOptions = DoNotIncludeTests.class)
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

    @ArchTest
    static final ArchRule FEATURES_THAT_REACT_DO_NOT_KNOW_EACH_OTHER =
            slices().matching("dev.devmentor.pbml.(capture|erasure)..").should().notDependOnEachOther();

    /** Everything is a fold of the log, so the log knows of nothing that is made of it; the order is the engine's. */
    @ArchTest
    static final ArchRule THE_LOG_KNOWS_ONLY_OWNERS = noClasses()
            .that()
            .resideInAPackage("..pbml.log..")
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "are of other features",
                    type -> type.getPackageName().startsWith("dev.devmentor.pbml.")
                            && !type.getPackageName().startsWith("dev.devmentor.pbml.log")
                            && !type.isEquivalentTo(EventKey.class)
                            && !type.getPackageName().startsWith("dev.devmentor.pbml.owner")));

    @ArchTest
    static final ArchRule OWNERS_KNOW_NOBODY = noClasses()
            .that()
            .resideInAPackage("..pbml.owner..")
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "are of other features",
                    type -> type.getPackageName().startsWith("dev.devmentor.pbml.")
                            && !type.getPackageName().startsWith("dev.devmentor.pbml.owner")));
}
