package dev.devmentor.anki;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** A file from anybody is read here: by Java alone, which cannot be made to write where it should not. */
@AnalyzeClasses(packages = "dev.devmentor.anki", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule NO_NATIVE_CODE_AND_NO_DATABASE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "java.io..",
                    "java.lang..",
                    "java.nio..",
                    "java.security..",
                    "java.util..",
                    "com.fasterxml.jackson.core..",
                    "dev.devmentor.anki..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule NO_FOREIGN_MEMORY =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("java.lang.foreign..", "sun..");
}
