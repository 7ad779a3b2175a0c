package dev.devmentor.learning.engine.interview;

import java.util.List;

/** Finds skills in lines of text; the same lines give the same skills in the same order. */
@FunctionalInterface
public interface SkillSearch {
    /** The skills that the lines speak of; line numbers in the answer are counted from 1. */
    List<FoundSkill> in(List<String> lines);
}
