package dev.devmentor.documents;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.devmentor.documents", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule WHAT_READS_A_DOCUMENT_KNOWS_NO_NETWORK_AND_NO_FILES = noClasses()
            .that()
            .resideInAPackage("..documents.reading..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net..", "java.nio.file..", "java.nio.channels..", "java.util.logging..");

    @ArchTest
    static final ArchRule WHO_ASKS_NEVER_READS_A_PDF_OR_DOCX = noClasses()
            .that()
            .resideOutsideOfPackage("..documents.reading..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..documents.reading..", "org.apache..", "javax.xml..", "java.util.zip..");

    @ArchTest
    static final ArchRule NOTHING_IS_LOGGED = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.slf4j..", "org.apache.commons.logging..", "java.util.logging..", "org.jboss..");
}
