package dev.devmentor.clientcrypto;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.devmentor.clientcrypto", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule IT_IS_PLAIN_JAVA = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.devmentor.clientcrypto..",
                    "com.nimbusds.srp6..",
                    "com.fasterxml.jackson..",
                    "java..",
                    "javax.crypto..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule IT_OPENS_NO_CONNECTION_AND_NO_FILE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.nio.file..", "java.nio.channels..", "java.net.http..", "java.sql..", "java.util.logging..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.net\\.(URL|Socket|HttpURLConnection|InetAddress|DatagramSocket)");
}
