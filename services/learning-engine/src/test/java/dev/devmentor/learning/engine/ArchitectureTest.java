package dev.devmentor.learning.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.devmentor.learning.engine", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule THE_ENGINE_IS_PLAIN_JAVA = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.devmentor.learning.engine..", "dev.devmentor.deterministic..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule IT_READS_AND_WRITES_NOTHING = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.io..",
                    "java.nio.file..",
                    "java.nio.channels..",
                    "java.net..",
                    "java.sql..",
                    "java.util.logging..");

    @ArchTest
    static final ArchRule IT_READS_NO_CLOCK = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(java.time.ZoneId.class, "systemDefault");

    @ArchTest
    static final ArchRule FUNCTIONS_WITHOUT_FIXED_BITS_ARE_NOT_USED = noClasses()
            .should()
            .callMethod(Math.class, "exp", double.class)
            .orShould()
            .callMethod(Math.class, "expm1", double.class)
            .orShould()
            .callMethod(Math.class, "log", double.class)
            .orShould()
            .callMethod(Math.class, "log1p", double.class)
            .orShould()
            .callMethod(Math.class, "log10", double.class)
            .orShould()
            .callMethod(Math.class, "pow", double.class, double.class);

    @ArchTest
    static final ArchRule MODELS_KNOW_NO_CARDS = noClasses()
            .that()
            .resideInAnyPackage(
                    "..engine.schedule..",
                    "..engine.rating..",
                    "..engine.choice..",
                    "..engine.progress..",
                    "..engine.load..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..engine.card..");

    @ArchTest
    static final ArchRule THE_RATING_CHOOSES_NOTHING = noClasses()
            .that()
            .resideInAPackage("..engine.rating..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..engine.choice..");

    @ArchTest
    static final ArchRule THE_CHOICE_RATES_NOTHING = noClasses()
            .that()
            .resideInAPackage("..engine.choice..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..engine.rating..");
}
