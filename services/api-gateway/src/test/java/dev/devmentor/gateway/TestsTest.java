package dev.devmentor.gateway;

import com.tngtech.archunit.core.importer.ImportOption.OnlyIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import dev.devmentor.testkit.rules.TestRules;

@AnalyzeClasses(packages = "dev.devmentor.gateway", importOptions = OnlyIncludeTests.class)
class TestsTest {
    @ArchTest
    static final ArchTests RULES = ArchTests.in(TestRules.class);
}
