package dev.devmentor.learning.interview;

import dev.devmentor.learning.engine.interview.Gap;
import dev.devmentor.learning.engine.interview.InterviewPlan;
import dev.devmentor.learning.engine.interview.Need;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** What follows from the findings and the answers of one moment, as it is stored. */
@RegisterForReflection(
        targets = {
            Planned.class,
            Gap.class,
            InterviewPlan.class,
            InterviewPlan.Day.class,
            InterviewPlan.Activity.class,
            InterviewPlan.LeftOut.class,
            Gap.Basis.class,
            Need.class,
            InterviewPlan.Kind.class,
            InterviewPlan.Reason.class
        })
record Planned(List<Gap> gaps, InterviewPlan plan) {
    Planned {
        gaps = List.copyOf(gaps);
    }
}
