package dev.devmentor.learning.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A card that is forgotten again and again.
 *
 * @param lapses how often it was forgotten after it had been known
 * @param reports how often that was worth telling: at the threshold, and at each further half of it
 * @param difficulty 1 to 10, by FSRS-6
 * @param predictedRecall today, 0 to 1
 * @param suspended whether it is put aside already
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LeechView(
        String item,
        @Nullable String title,
        List<String> skills,
        int lapses,
        int answers,
        int reports,
        @Nullable Double difficulty,
        double predictedRecall,
        boolean suspended,
        List<Advice> advice) {

    /**
     * What may help.
     *
     * @param remedy repair-prerequisite, separate-siblings, split-or-rewrite, reset or suspend
     * @param reason why, for people
     * @param skill of repair-prerequisite
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Advice(
            String remedy, String reason, @Nullable String skill) {}

    /** One page, most lapses first. */
    @Schema(examples = """
            {"threshold": 8, "total": 1,
             "leeches": [{"item": "sql-joins-1", "title": "Left join", "skills": ["sql.joins"], "lapses": 9,
              "answers": 31, "reports": 1, "difficulty": 9.1, "predictedRecall": 0.72, "suspended": false,
              "advice": [{"remedy": "split-or-rewrite",
               "reason": "its difficulty is 9.1 of 10: it asks for too much at once, or for something unclear"}]}],
             "next": null}""")
    public record Page(
            int threshold,
            int total,
            List<LeechView> leeches,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String next) {}
}
