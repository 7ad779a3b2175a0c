package dev.devmentor.learning.task;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An open task and the skills that it needs.
 *
 * @param sinceMicros when the task was created
 */
public record Focus(String taskId, @Nullable String title, List<String> skills, long sinceMicros) {}
