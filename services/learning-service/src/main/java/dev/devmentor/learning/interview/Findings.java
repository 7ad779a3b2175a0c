package dev.devmentor.learning.interview;

import dev.devmentor.learning.engine.interview.FoundSkill;
import dev.devmentor.learning.engine.interview.JobDescription;
import dev.devmentor.learning.engine.interview.Resume;
import dev.devmentor.learning.engine.interview.Seniority;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found in the documents, as it is stored: all that a new plan needs, and no document.
 *
 * @param months of work that the CV shows; null if there was no CV
 */
@RegisterForReflection(
        targets = {
            Findings.class,
            FoundSkill.Place.class,
            JobDescription.Want.class,
            Resume.Claim.class,
            Seniority.class
        })
record Findings(
        Seniority seniority,
        boolean statedSeniority,
        @Nullable Integer months,
        List<JobDescription.Want> wants,
        List<Resume.Claim> claims) {
    Findings {
        wants = List.copyOf(wants);
        claims = List.copyOf(claims);
    }

    static Findings of(JobDescription job, @Nullable Resume resume) {
        return new Findings(
                job.seniority(),
                job.statedSeniority(),
                resume == null ? null : resume.months(),
                job.wants(),
                resume == null ? List.of() : resume.claims());
    }

    /** The same without the lines of the documents. */
    Findings withoutEvidence() {
        return new Findings(
                seniority,
                statedSeniority,
                months,
                wants.stream()
                        .map(want -> new JobDescription.Want(
                                want.skill(), want.need(), want.level(), want.years(), want.weight(), List.of()))
                        .toList(),
                claims.stream()
                        .map(claim -> new Resume.Claim(claim.skill(), claim.level(), claim.months(), List.of()))
                        .toList());
    }
}
