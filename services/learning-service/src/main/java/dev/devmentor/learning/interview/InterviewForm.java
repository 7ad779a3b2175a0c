package dev.devmentor.learning.interview;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** A form with a CV, a job description, and the date of the interview. */
public class InterviewForm {
    @RestForm
    @Schema(description = "PDF, DOCX or plain text, at most 5 MiB; or send cvText; or neither")
    @Nullable FileUpload cv;

    @RestForm
    @Schema(
            description = "the CV as text, at most 200 000 characters",
            examples = {"Jane Doe\nExperience\n2021 - present | Backend developer\nJava, Spring Boot, PostgreSQL"})
    @Nullable String cvText;

    @RestForm
    @Schema(description = "PDF, DOCX or plain text, at most 5 MiB; or send jobDescriptionText")
    @Nullable FileUpload jobDescription;

    @RestForm
    @Schema(
            description = "the job description as text, at most 200 000 characters",
            examples = {"Senior backend engineer\nRequirements:\n- Java\n- Kafka\nNice to have:\n- Kubernetes"})
    @Nullable String jobDescriptionText;

    @RestForm
    @Schema(
            description = "day of the interview, at most 366 days ahead",
            required = true,
            examples = {"2026-12-18"})
    @Nullable String date;

    @RestForm
    @Schema(
            description = "minutes of a day, 10 to 720; those of the settings if absent, at least 10",
            examples = {"45"})
    @Nullable String minutesPerDay;

    @RestForm
    @Schema(
            description = "1 to 120 characters; \"Interview\" if absent",
            examples = {"Backend engineer at Example"})
    @Nullable String title;

    @RestForm
    @Schema(
            description = "whether the lines that name a skill are kept and shown; true if absent",
            examples = {"true"})
    @Nullable String evidence;
}
